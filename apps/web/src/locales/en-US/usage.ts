import monitoring from './monitoring.json' with { type: 'json' }
import usage from './usage.json' with { type: 'json' }

/** Comes with the pages of usage, budgets and monitoring. */
export const usageTexts = { monitoring, usage }
