import { useCallback } from 'react'
import type { ModelConfig } from '../../api/types/apps.ts'
import { useDraft, useDraftStore } from '../app/app-context.ts'
import { useSession } from '../session/useSession.ts'

export interface ConfigEditing {
  readonly config: ModelConfig
  readonly patch: (part: Partial<ModelConfig>) => void
  readonly isReadOnly: boolean
}

/** The draft being edited. */
export function useConfig(): ConfigEditing {
  const draft = useDraftStore()
  const { config } = useDraft()
  const { canEdit } = useSession()
  const patch = useCallback((part: Partial<ModelConfig>) => draft.update((current) => ({ ...current, ...part })), [draft])
  return { config, patch, isReadOnly: !canEdit }
}
