import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../../api/ApiProvider.tsx'
import { ApiError } from '../../../../api/api-error.ts'
import type { WritingModel } from '../../../../api/generators-api.ts'
import { useApp } from '../../../app/app-context.ts'

/** What a model wrote. */
export interface Proposal {
  readonly prompt: string
  /** What a conversation would begin with; empty where nothing was proposed. */
  readonly opening: string
  /** What was changed, in the model's words. */
  readonly message: string
}

export interface WritingOrder {
  readonly model: WritingModel
  readonly instruction: string
  /** What is improved; undefined: written anew. */
  readonly current?: string | undefined
}

/** Has a model write, one thing at a time; who stops it, or leaves, keeps what was there before. */
export function useWriting() {
  const { t } = useTranslation('generator')
  const api = useApi()
  const { app } = useApp()
  const [proposal, setProposal] = useState<Proposal | null>(null)
  const controller = useRef<AbortController | null>(null)
  useEffect(() => () => controller.current?.abort(), [])

  const write = useMutation({
    mutationFn: async ({ model, instruction, current }: WritingOrder): Promise<Proposal | null> => {
      controller.current = new AbortController()
      const { signal } = controller.current
      const wish = { appId: app.id, model, instruction }
      try {
        if (current !== undefined) {
          const { modified, message, error } = await api.generators.improvePrompt({ ...wish, current }, signal)
          if (error === '') return { prompt: modified, opening: proposal?.opening ?? '', message }
        } else {
          const { prompt, opening_statement: opening, error } = await api.generators.writePrompt(wish, signal)
          if (error === '') return { prompt, opening, message: '' }
        }
      } catch (error) {
        if (signal.aborted) return null
        throw error
      }
      throw new ApiError({ code: 'unusable_answer', message: t('unusable'), status: 200 })
    },
    onSuccess: (written) => written !== null && setProposal(written),
  })
  return {
    proposal,
    isWriting: write.isPending,
    error: write.error,
    write: write.mutateAsync,
    stop: () => controller.current?.abort(),
  }
}
