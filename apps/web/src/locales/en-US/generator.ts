import generator from './generator.json' with { type: 'json' }

/** Comes with the dialog that has a model write. */
export const generatorTexts = { generator }
