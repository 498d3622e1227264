import { SlidersHorizontal } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ModelChoice } from '../../../api/types/apps.ts'
import { Button, Chip, Popover } from '../../../design/index.ts'
import { ModelPicker } from '../../models/ModelPicker.tsx'
import { isSameProvider, type ModelOption, modeOf } from '../../models/model-choices.ts'
import { ParameterForm } from '../../models/ParameterForm.tsx'
import { Section } from '../Section.tsx'
import { useConfig } from '../useConfig.ts'

export function ModelSection() {
  const { t } = useTranslation('orchestrate')
  const { config, patch, isReadOnly } = useConfig()
  const model: ModelChoice = config.model ?? { provider: '', name: '', mode: 'chat', completion_params: {} }
  const choose = (option: ModelOption) => {
    const isSame = option.model.model === model.name && isSameProvider(option.provider.provider, model.provider)
    if (isSame) return
    // Another model has other parameters: none of the old ones may go along unseen.
    patch({
      model: {
        provider: option.provider.provider,
        name: option.model.model,
        mode: modeOf(option.model),
        completion_params: {},
      },
    })
  }
  const changed = Object.keys(model.completion_params).length
  return (
    <Section title={t('model.title')}>
      <div className="flex gap-2">
        <ModelPicker
          type="llm"
          label={t('model.title')}
          provider={model.provider}
          model={model.name}
          onChoose={choose}
          isDisabled={isReadOnly}
          className="flex-1"
        />
        <Popover
          align="end"
          className="w-90 p-4"
          trigger={
            <Button icon={<SlidersHorizontal size={14} aria-hidden />} disabled={model.name === ''}>
              {t('model.parameters')}
              {changed > 0 && <Chip tone="accent">{changed}</Chip>}
            </Button>
          }
        >
          <ParameterForm
            provider={model.provider}
            model={model.name}
            params={model.completion_params}
            isReadOnly={isReadOnly}
            onChange={(completion_params) => patch({ model: { ...model, completion_params } })}
          />
        </Popover>
      </div>
    </Section>
  )
}
