import refusals from './refusals.json' with { type: 'json' }

/** Comes soon after a page: what was refused, and why. */
export const refusalTexts = { refusals }
