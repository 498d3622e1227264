import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { formatWait } from '../i18n/format-wait.ts'
import { redrawnByTexts, refusalText } from '../i18n/refusal-text.ts'
import { ApiError } from './api-error.ts'

/**
 * The sentence for an error in the reader's language, by the reason that the server told of it, else by its code; the server's own words
 * where there is neither.
 */
export function useErrorText(): (error: unknown) => string {
  const { t, i18n } = useTranslation('errors', redrawnByTexts)
  return useCallback(
    (error) => {
      if (!(error instanceof ApiError)) return t('unexpected')
      const refusal = refusalText(error.details, i18n)
      if (refusal) return refusal
      if (error.code === 'email_code_login_limit' && error.retryAfterSeconds)
        return t('locked_for', { duration: formatWait(i18n.language, error.retryAfterSeconds) })
      // Codes are data: one that the locale files do not know falls through to the server's text.
      const key = error.code as 'unknown'
      if (i18n.exists(key, { ns: 'errors' })) return t(key, { message: error.message })
      const later = `codes.${error.code}`
      const isKnownLater: boolean = i18n.exists(later, { ns: 'refusals' })
      // As above.
      if (isKnownLater) return i18n.getFixedT(i18n.language, 'refusals')(later as 'codes.not_chat_app', { message: error.message })
      return error.message || t('unexpected')
    },
    [t, i18n],
  )
}
