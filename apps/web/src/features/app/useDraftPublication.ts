import { useApp, useDraft } from './app-context.ts'
import { draftPublication, type Publication } from './publication.ts'

/** Of an app that has a configuration. */
export function useDraftPublication(): Publication {
  const { is_published: isPublished } = useApp().app
  const { hasUnpublishedChanges: hasChanges } = useDraft()
  return draftPublication({ isPublished, hasChanges })
}
