import { SlidersHorizontal } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ModelChoice } from '../../../api/types/apps.ts'
import { Button, Chip, Popover } from '../../../design/index.ts'
import { ModelPicker } from '../../models/ModelPicker.tsx'
import { isSameProvider, type ModelOption, toChoice } from '../../models/model-choices.ts'
import { ParameterForm } from '../../models/ParameterForm.tsx'

export interface ModelWithParametersProps {
  readonly label: string
  /** Undefined where none is chosen. */
  readonly model: ModelChoice | undefined
  readonly onChange: (model: ModelChoice) => void
  readonly isReadOnly: boolean
  /** Stands where none is chosen. */
  readonly noneText?: string
}

/** A language model, and what it is asked with. */
export function ModelWithParameters({ label, model, onChange, isReadOnly, noneText }: ModelWithParametersProps) {
  const { t } = useTranslation('orchestrate')
  const { provider = '', name = '', completion_params: params = {} } = model ?? {}
  const choose = (option: ModelOption) => {
    const isSame = option.model.model === name && isSameProvider(option.provider.provider, provider)
    if (!isSame) onChange(toChoice(option))
  }
  const changed = Object.keys(params).length
  return (
    <>
      <ModelPicker
        type="llm"
        label={label}
        provider={provider}
        model={name}
        onChoose={choose}
        isDisabled={isReadOnly}
        noneText={noneText}
        className="flex-1"
      />
      <Popover
        align="end"
        className="w-90 p-4"
        trigger={
          <Button icon={<SlidersHorizontal size={14} aria-hidden />} disabled={name === ''}>
            {t('model.parameters')}
            {changed > 0 && <Chip tone="accent">{changed}</Chip>}
          </Button>
        }
      >
        <ParameterForm
          provider={provider}
          model={name}
          params={params}
          isReadOnly={isReadOnly}
          onChange={(completion_params) => model && onChange({ ...model, completion_params })}
        />
      </Popover>
    </>
  )
}
