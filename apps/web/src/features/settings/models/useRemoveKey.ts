import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { Provider } from '../../../api/types/models.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { useToast } from '../../../design/index.ts'
import { useLocalizedText } from '../../../i18n/useLocalizedText.ts'

/** Of several keys one is told by its name: the provider goes on with the others. */
export function useRemoveKey(provider: Provider, onRemoved: () => void) {
  const { t } = useTranslation('settings')
  const text = useLocalizedText()
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (credentialId: string) => api.models.removeCredentials(provider.provider, credentialId),
    onSuccess: async (_nothing, credentialId) => {
      const { available_credentials: keys } = provider.custom_configuration
      const name = keys.length > 1 && keys.find((key) => key.credential_id === credentialId)?.credential_name
      onRemoved()
      await queryClient.invalidateQueries({ queryKey: ['models'] })
      toast.success(name ? t('models.keys.removed', { name }) : t('models.confirmRemove.done', { provider: text(provider.label) }))
    },
    onError: (error) => toast.error(t('models.confirmRemove.failed'), errorText(error)),
  })
}
