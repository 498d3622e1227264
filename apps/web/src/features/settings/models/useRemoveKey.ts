import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { Provider } from '../../../api/types/models.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { useToast } from '../../../design/index.ts'
import { useLocalizedText } from '../../../i18n/useLocalizedText.ts'

export function useRemoveKey(provider: Provider, onRemoved: () => void) {
  const { t } = useTranslation('settings')
  const text = useLocalizedText()
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (credentialId: string) => api.models.removeCredentials(provider.provider, credentialId),
    onSuccess: async () => {
      onRemoved()
      await queryClient.invalidateQueries({ queryKey: ['models'] })
      toast.success(t('models.confirmRemove.done', { provider: text(provider.label) }))
    },
    onError: (error) => toast.error(t('models.confirmRemove.failed'), errorText(error)),
  })
}
