import overview from './overview.json' with { type: 'json' }

/** Comes with the page about an app's public page. */
export const overviewTexts = { overview }
