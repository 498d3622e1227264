import { ApiError } from '@trellis/client'
import type { RefusalReason } from '@trellis/contracts'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { redrawnByTexts, refusalReason, refusalText } from '../i18n/refusal-text.ts'

export interface VisitorError {
  readonly code: string
  readonly message: string
  readonly details?: unknown
}

/** The sentence for a failure, in words for somebody who uses an app and did not make it. */
export function useVisitorErrorText(): (error: unknown) => string {
  const { t, i18n } = useTranslation('published', redrawnByTexts)
  return useCallback(
    (error) => {
      const { code, message, details }: VisitorError = isVisitorError(error) ? error : { code: 'unexpected', message: '' }
      const refusal = code === 'completion_request_error' || isForMakers(details) ? undefined : refusalText(details, i18n)
      if (refusal) return refusal
      // Codes are data: one that the locale files do not know has the general text.
      const isKnown: boolean = i18n.exists(`errors.${code}`, { ns: 'published' })
      return isKnown ? t(`errors.${code}` as 'errors.invalid_param', { message }) : t('errors.unexpected')
    },
    [t, i18n],
  )
}

/** Whoever made the app is told what its provider said, and what kept a file, an extension or a voice away: that names hosts, models and settings. */
const forMakers: ReadonlySet<string | undefined> = new Set([
  'remote_file_failed',
  'extension_gone',
  'extension_key_unreadable',
  'extension_failed',
  'voice_missing',
  'workflow_startless',
] satisfies RefusalReason[])

const isForMakers = (details: unknown): boolean => forMakers.has(refusalReason(details))

function isVisitorError(error: unknown): error is VisitorError {
  return error instanceof ApiError || (typeof error === 'object' && error !== null && 'code' in error && 'message' in error)
}
