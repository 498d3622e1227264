import logs from './logs.json' with { type: 'json' }

/** Comes with the page of an app's log. */
export const logTexts = { logs }
