import logs from './logs.json' with { type: 'json' }

/** Comes with the log of an app, and with what its runs say of their time. */
export const logTexts = { logs }
