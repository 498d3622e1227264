import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { formatWait } from '../i18n/format-wait.ts'
import { ApiError } from './api-error.ts'

/**
 * The sentence for an error, chosen by its code in the reader's language; the server's own where the code is not ours to
 * word (it names the field or quotes the provider).
 */
export function useErrorText(): (error: unknown) => string {
  const { t, i18n } = useTranslation('errors')
  return useCallback(
    (error) => {
      if (!(error instanceof ApiError)) return t('unexpected')
      if (error.code === 'email_code_login_limit' && error.retryAfterSeconds)
        return t('locked_for', { duration: formatWait(i18n.language, error.retryAfterSeconds) })
      // Codes are data: one that the locale files do not know falls through to the server's text.
      const key = error.code as 'unknown'
      if (i18n.exists(key, { ns: 'errors' })) return t(key, { message: error.message })
      return error.message || t('unexpected')
    },
    [t, i18n],
  )
}
