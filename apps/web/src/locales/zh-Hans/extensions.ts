import extensions from './extensions.json' with { type: 'json' }

/** Comes with the page of API extensions, and with what editors choose one by. */
export const extensionTexts = { extensions }
