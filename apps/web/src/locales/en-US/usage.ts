import usage from './usage.json' with { type: 'json' }

/** Comes with the page of usage and budgets. */
export const usageTexts = { usage }
