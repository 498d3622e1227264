/** How the draft of an app stands to what callers get. */
export type Publication = 'never' | 'changed' | 'current'

/** A draft like what callers get is published, also while the app that was read does not know of its first publication yet. */
export function draftPublication({
  isPublished,
  hasChanges,
}: {
  readonly isPublished: boolean
  readonly hasChanges: boolean
}): Publication {
  if (!hasChanges) return 'current'
  return isPublished ? 'changed' : 'never'
}
