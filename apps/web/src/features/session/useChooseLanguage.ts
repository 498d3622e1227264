import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import { useErrorText } from '../../api/useErrorText.ts'
import { useToast } from '../../design/index.ts'
import type { LanguageCode } from '../../i18n/i18n.ts'
import { profileQuery } from './queries.ts'
import { useSwitchLanguage } from './useSwitchLanguage.ts'

/** For whoever is signed in: switches at once on this device, and tells the account, which mails are written to in it. */
export function useChooseLanguage(): (language: LanguageCode) => void {
  const { t } = useTranslation('settings')
  const switchLanguage = useSwitchLanguage()
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  const store = useMutation({
    mutationFn: (language: LanguageCode) => api.account.setLanguage(language),
    onSuccess: (account) => queryClient.setQueryData(profileQuery(api).queryKey, account),
    onError: (error) => toast.error(t('appearance.languageFailed'), errorText(error)),
  })
  return (language) => void switchLanguage(language).then((isSwitched) => isSwitched && store.mutate(language))
}
