import access from './access.json' with { type: 'json' }

/** Comes with the page of an app's API. */
export const accessTexts = { access }
