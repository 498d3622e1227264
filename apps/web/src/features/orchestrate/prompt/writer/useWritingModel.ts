import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi } from '../../../../api/ApiProvider.tsx'
import type { WritingModel } from '../../../../api/generators-api.ts'
import { findOption, groupModels, type ModelOption } from '../../../models/model-choices.ts'
import { defaultModelQuery, modelsQuery } from '../../../models/queries.ts'

/** The model that writes: the one that was chosen, else the workspace's default, else the first that can be asked. */
export function useWritingModel() {
  const api = useApi()
  const models = useQuery(modelsQuery(api, 'llm'))
  const preset = useQuery(defaultModelQuery(api, 'llm'))
  const [chosen, setChosen] = useState<WritingModel | null>(null)
  const groups = groupModels(models.data ?? [])
  const usual = preset.data ? findOption(groups, preset.data.provider.provider, preset.data.model) : undefined
  const fallback = usual ?? groups[0]?.items[0]
  return {
    isMissing: models.isSuccess && groups.length === 0,
    model: chosen ?? (fallback && !preset.isPending ? toModel(fallback) : null),
    choose: (option: ModelOption) => setChosen(toModel(option)),
  }
}

const toModel = ({ provider, model }: ModelOption): WritingModel => ({ provider: provider.provider, name: model.model })
