import moderation from './moderation.json' with { type: 'json' }

/** Comes with the dialog of moderation. */
export const moderationTexts = { moderation }
