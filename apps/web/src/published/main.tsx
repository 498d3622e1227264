import '../design/styles.css'
import { watchTheme } from '../design/theme.ts'
import { startPage } from './start-page.tsx'
import { watchViewport } from './watch-viewport.ts'

const container = document.getElementById('root')
if (container) {
  watchTheme()
  watchViewport()
  void startPage(container)
}
