import annotations from './annotations.json' with { type: 'json' }

/** Comes with the page of annotations, and with their editor in the log. */
export const annotationTexts = { annotations }
