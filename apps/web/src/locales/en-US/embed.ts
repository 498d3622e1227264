import embed from './embed.json' with { type: 'json' }

/** Comes with the dialog that embeds an app. */
export const embedTexts = { embed }
