import type { AppSummary } from '../../api/types/apps.ts'

/** What callers get of an app, named as its text is. */
export function publicationOf({
  mode,
  workflow,
  has_unpublished_changes,
}: Pick<AppSummary, 'mode' | 'workflow' | 'has_unpublished_changes'>) {
  if (!has_unpublished_changes) return 'published'
  const isGraph = mode === 'workflow' || mode === 'advanced-chat'
  return isGraph && !workflow ? 'neverPublished' : 'draftAhead'
}
