import uploads from './uploads.json' with { type: 'json' }

/** Comes with the dialog in which a chatflow is told what files it takes. */
export const uploadTexts = { uploads }
