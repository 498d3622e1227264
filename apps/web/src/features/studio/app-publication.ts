import type { AppSummary } from '../../api/types/apps.ts'

/** What callers get of an app, named as its text is. */
export function publicationOf({ is_published, has_unpublished_changes }: Pick<AppSummary, 'is_published' | 'has_unpublished_changes'>) {
  if (!is_published) return 'neverPublished'
  return has_unpublished_changes ? 'draftAhead' : 'published'
}
