import { useTranslation } from 'react-i18next'
import { useToast } from '../../design/index.ts'
import { type LanguageCode, switchLanguage } from '../../i18n/i18n.ts'
import { loadTexts } from '../../i18n/load-texts.ts'

/** Switches the console's language; where its texts do not arrive, the old one stays, a toast says so and the answer is false. */
export function useSwitchLanguage(): (language: LanguageCode) => Promise<boolean> {
  const { t, i18n } = useTranslation('common')
  const toast = useToast()
  return async (language) => {
    try {
      await switchLanguage(i18n, language, loadTexts)
      return true
    } catch {
      // After an upgrade the server no longer has the chunks that this page was built with.
      toast.error(t('languageNotLoaded'), t('languageNotLoadedHint'))
      return false
    }
  }
}
