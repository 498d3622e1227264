import upkeep from './upkeep.json' with { type: 'json' }

/** What is needed once in a long while: trying the mail, deleting one's account. */
export const upkeepTexts = { upkeep }
