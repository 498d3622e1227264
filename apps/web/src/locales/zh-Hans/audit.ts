import audit from './audit.json' with { type: 'json' }

/** Comes with the page of the audit log: few read it, and its sentences are many. */
export const auditTexts = { audit }
