import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { CustomModel, Provider } from '../../../api/types/models.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Chip, ConfirmDialog, IconButton, useToast } from '../../../design/index.ts'
import { useSession } from '../../session/useSession.ts'

export interface CustomModelsProps {
  readonly provider: Provider
  readonly onEdit: (model: CustomModel) => void
}

/** The models that this workspace added to a provider. */
export function CustomModels({ provider, onEdit }: CustomModelsProps) {
  const { t } = useTranslation('settings')
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  const { canAdminister } = useSession()
  const [removing, setRemoving] = useState<CustomModel | null>(null)
  const remove = useMutation({
    mutationFn: (model: CustomModel) => api.models.removeModel(provider.provider, { model: model.model, model_type: model.model_type }),
    onSuccess: async () => {
      setRemoving(null)
      await queryClient.invalidateQueries({ queryKey: ['models'] })
    },
    onError: (error) => toast.error(t('models.confirmRemoveModel.failed'), errorText(error)),
  })
  const models = provider.custom_configuration.custom_models ?? []
  if (models.length === 0) return null
  return (
    <ul className="divide-y divide-line border-t border-line">
      {models.map((model) => (
        <li key={`${model.model_type} ${model.model}`} className="flex h-9 items-center gap-2">
          <span className="min-w-0 flex-1 truncate font-mono text-s">{model.model}</span>
          <Chip>{t(`models.types.${model.model_type}`)}</Chip>
          {canAdminister && (
            <div className="flex gap-0.5">
              <IconButton size="s" label={t('models.editModel', { name: model.model })} onClick={() => onEdit(model)}>
                <Pencil size={13} aria-hidden />
              </IconButton>
              <IconButton size="s" label={t('models.removeModel', { name: model.model })} onClick={() => setRemoving(model)}>
                <Trash2 size={13} aria-hidden />
              </IconButton>
            </div>
          )}
        </li>
      ))}
      <ConfirmDialog
        isOpen={removing !== null}
        onOpenChange={(isOpen) => !isOpen && setRemoving(null)}
        title={t('models.confirmRemoveModel.title', { name: removing?.model })}
        consequence={t('models.confirmRemoveModel.consequence')}
        confirmLabel={t('models.confirmRemoveModel.confirm')}
        isBusy={remove.isPending}
        onConfirm={() => removing && remove.mutate(removing)}
      />
    </ul>
  )
}
