import obstacles from './obstacles.json' with { type: 'json' }

/** Comes where an app is refused to its callers. */
export const obstacleTexts = { obstacles }
