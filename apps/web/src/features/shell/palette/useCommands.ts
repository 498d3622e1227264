import { useTranslation } from 'react-i18next'
import type { CommandGroup } from './command.ts'
import { useActionCommands } from './useActionCommands.ts'
import { useAppCommands } from './useAppCommands.ts'
import { usePageCommands, usePagesOfApp } from './usePageCommands.ts'

/** All that the palette can do from here. Whatever is run closes it first. */
export function useCommands(query: string, onClose: () => void): CommandGroup[] {
  const { t } = useTranslation('shell')
  const then = (run: () => unknown) => () => {
    onClose()
    run()
  }
  const ofApp = usePagesOfApp(then)
  const apps = useAppCommands(query, then)
  const pages = usePageCommands(then)
  const actions = useActionCommands(then)
  return [
    { label: ofApp.name, items: ofApp.commands },
    { label: t('palette.apps'), items: apps },
    { label: t('palette.pages'), items: pages },
    { label: t('palette.actions'), items: actions },
  ]
}
