import { useTranslation } from 'react-i18next'
import type { App } from '../../api/types/apps.ts'

export type AppPage = 'configuration' | 'steps' | 'logs' | 'annotations' | 'runs' | 'versions' | 'monitoring' | 'develop' | 'overview'

const basicPages = ['configuration', 'develop', 'logs', 'annotations', 'monitoring', 'overview'] as const satisfies AppPage[]

/** The pages of an app, in the order of its tabs. The runs of a workflow are its logs, and nobody annotates them; a chatflow has both. */
export const pagesOfApps: Readonly<Record<App['mode'], readonly AppPage[]>> = {
  chat: basicPages,
  completion: basicPages,
  workflow: ['configuration', 'steps', 'logs', 'versions', 'monitoring', 'develop', 'overview'],
  'advanced-chat': ['configuration', 'steps', 'logs', 'annotations', 'runs', 'versions', 'monitoring', 'develop', 'overview'],
  'agent-chat': [],
}

/** What the pages of apps of that mode are called. */
export function useAppPageLabels(mode: App['mode']): Readonly<Record<AppPage, string>> {
  const { t } = useTranslation('shell')
  const { t: tWorkflow } = useTranslation('workflow')
  const isBasic = mode === 'chat' || mode === 'completion'
  return {
    configuration: isBasic ? t('app.orchestrate') : tWorkflow('console.tryOut'),
    steps: tWorkflow('console.steps'),
    logs: mode === 'workflow' ? tWorkflow('console.runs') : t('app.logs'),
    annotations: t('app.annotations'),
    runs: tWorkflow('console.runs'),
    versions: tWorkflow('console.versions'),
    monitoring: t('app.monitoring'),
    develop: t('app.api'),
    overview: t('app.overview'),
  }
}
