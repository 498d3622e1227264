import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import { ApiError } from '../../api/api-error.ts'
import type { ModelConfig } from '../../api/types/apps.ts'
import { useErrorText } from '../../api/useErrorText.ts'
import { useObstacleText } from '../../api/useObstacleText.ts'
import { useToast } from '../../design/index.ts'
import { refusalReason } from '../../i18n/refusal-text.ts'
import { useApp, useDraftStore } from './app-context.ts'
import { siteAddress } from './site-address.ts'

/** Rows that were added and never filled in. */
function withoutBlankQuestions(config: ModelConfig): ModelConfig {
  const questions = config.suggested_questions.filter((question) => question.trim() !== '')
  return questions.length === config.suggested_questions.length ? config : { ...config, suggested_questions: questions }
}

/** What stands in the way, or the section that does; undefined where the refusal has a sentence of its own. */
function obstacleOf(error: unknown): unknown {
  if (!(error instanceof ApiError)) return undefined
  if (refusalReason(error.details) !== undefined) return undefined
  return error.details['obstacle'] ?? { code: 'section', values: { section: error.param } }
}

export interface Publishing {
  readonly publish: () => void
  readonly isPublishing: boolean
  /** Makes the draft what is published; the draft as it was stays one click away. */
  readonly restore: () => void
}

export function usePublish(): Publishing {
  const { t } = useTranslation('orchestrate')
  const api = useApi()
  const queryClient = useQueryClient()
  const toast = useToast()
  const errorText = useErrorText()
  const obstacleText = useObstacleText()
  const { app } = useApp()
  const draft = useDraftStore()
  const publish = useMutation({
    mutationFn: async () => {
      draft.update(withoutBlankQuestions)
      await draft.flush()
      await api.apps.publish(app.id, draft.read().config)
      draft.replace(await api.apps.draft(app.id))
    },
    onSuccess: async () => {
      toast.success(t('publish.done'), {
        label: t('publish.openPage'),
        onSelect: () => window.open(siteAddress(app), '_blank', 'noopener'),
      })
      await queryClient.invalidateQueries({ queryKey: ['apps'] })
    },
    onError: async (error) => {
      toast.error(t('publish.failed'), (await obstacleText(obstacleOf(error))) ?? errorText(error))
    },
  })
  const restore = useMutation({
    mutationFn: () => api.apps.discardDraft(app.id),
    onMutate: () => draft.read().config,
    onSuccess: (restored, _, previous) => {
      draft.replace(restored)
      toast.success(t('publish.restored'), { label: t('undo', { ns: 'common' }), onSelect: () => draft.update(() => previous) })
    },
    onError: (error) => toast.error(t('publish.restoreFailed'), errorText(error)),
  })
  return { publish: () => publish.mutate(), isPublishing: publish.isPending, restore: () => restore.mutate() }
}
