import '../design/styles.css'
import { goBelowBase } from '../base-path.ts'
import { watchTheme } from '../design/theme.ts'
import { closeFrameOnEscape } from './embedded/framed.ts'
import { startPage } from './start-page.tsx'
import { watchViewport } from './watch-viewport.ts'

const container = document.getElementById('root')
if (container && !goBelowBase()) {
  watchTheme()
  watchViewport()
  closeFrameOnEscape()
  void startPage(container)
}
