import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { ModelType } from '../../../api/types/models.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Card, useToast } from '../../../design/index.ts'
import { ModelPicker } from '../../models/ModelPicker.tsx'
import { groupModels, type ModelOption } from '../../models/model-choices.ts'
import { defaultModelQuery, modelsQuery } from '../../models/queries.ts'
import { useSession } from '../../session/useSession.ts'
import { defaultTypes } from './default-changes.ts'

export function DefaultModels() {
  const { t } = useTranslation('settings')
  return (
    <section aria-label={t('models.defaults.title')}>
      <h2 className="text-s font-medium text-ink-3">{t('models.defaults.title')}</h2>
      <p className="mb-2 text-s text-ink-3">{t('models.defaults.lead')}</p>
      <Card className="grid grid-cols-[8rem_minmax(0,1fr)] max-sm:grid-cols-[6.5rem_minmax(0,1fr)] items-center gap-x-4 gap-y-2.5 px-4 py-3.5">
        {defaultTypes.map((type) => (
          <DefaultModelRow key={type} type={type} />
        ))}
      </Card>
    </section>
  )
}

/** Kinds that no provider offers yet are left out; chat models always stand there. */
function DefaultModelRow({ type }: { readonly type: ModelType }) {
  const { t } = useTranslation('settings')
  const api = useApi()
  const { canAdminister } = useSession()
  const models = useQuery(modelsQuery(api, type))
  const current = useQuery(defaultModelQuery(api, type))
  const choose = useChooseDefault(type)
  const isOffered = groupModels(models.data ?? []).length > 0
  if (!isOffered && type !== 'llm') return null
  return (
    <>
      <span className="text-ink-2">{t(`models.types.${type}`)}</span>
      <ModelPicker
        type={type}
        label={t(`models.types.${type}`)}
        provider={current.data?.provider.provider ?? ''}
        model={current.data?.model ?? ''}
        isDisabled={!canAdminister}
        onChoose={choose}
      />
    </>
  )
}

function useChooseDefault(type: ModelType): (option: ModelOption) => void {
  const { t } = useTranslation('settings')
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  const save = useMutation({
    mutationFn: (option: ModelOption) => api.models.setDefaultModel(type, option.provider.provider, option.model.model),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: defaultModelQuery(api, type).queryKey })
      toast.success(t('models.defaults.saved'))
    },
    onError: (error) => toast.error(t('models.defaults.failed'), errorText(error)),
  })
  return (option) => save.mutate(option)
}
