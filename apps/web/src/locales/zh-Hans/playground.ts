import playground from './playground.json' with { type: 'json' }

/** Comes with the playground. */
export const playgroundTexts = { playground }
