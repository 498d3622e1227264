import monitoring from './monitoring.json' with { type: 'json' }
import usage from './usage.json' with { type: 'json' }

/** Comes with the page of usage and budgets. */
export const usageTexts = { monitoring, usage }
