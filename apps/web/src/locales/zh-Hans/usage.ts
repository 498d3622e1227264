import logs from './logs.json' with { type: 'json' }
import monitoring from './monitoring.json' with { type: 'json' }
import usage from './usage.json' with { type: 'json' }

/** Comes with the pages of usage, budgets and monitoring. These choose days as the log does. */
export const usageTexts = { logs, monitoring, usage }
