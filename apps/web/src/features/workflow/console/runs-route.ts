import type { App } from '../../../api/types/apps.ts'

/** Where an app has its runs: a workflow's are its logs. */
export const runsRoute = ({ mode }: App) => (mode === 'advanced-chat' ? '/app/$id/runs' : '/app/$id/logs')
