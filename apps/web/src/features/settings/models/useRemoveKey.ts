import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import { useErrorText } from '../../../api/useErrorText.ts'
import { useToast } from '../../../design/index.ts'
import type { OwnedKeys } from './owned-keys.ts'

/** Of several keys one is told by its name, for their owner goes on with the others; the last one by its owner's. */
export function useRemoveKey({ owner, keys }: OwnedKeys, onRemoved: () => void, ownerName = '') {
  const { t } = useTranslation('settings')
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (credentialId: string) => api.models.removeCredentials(owner, credentialId),
    onSuccess: async (_nothing, credentialId) => {
      const name = keys.length > 1 && keys.find((key) => key.credential_id === credentialId)?.credential_name
      onRemoved()
      await queryClient.invalidateQueries({ queryKey: ['models'] })
      toast.success(name ? t('models.keys.removed', { name }) : t('models.confirmRemove.done', { provider: ownerName }))
    },
    onError: (error) => toast.error(t('models.confirmRemove.failed'), errorText(error)),
  })
}
