import { useTranslation } from 'react-i18next'
import { isDemo } from '../../models/model-choices.ts'
import { Section } from '../Section.tsx'
import { useConfig } from '../useConfig.ts'
import { LeaveDemo } from './LeaveDemo.tsx'
import { ModelWithParameters } from './ModelWithParameters.tsx'

export function ModelSection() {
  const { t } = useTranslation('orchestrate')
  const { config, patch, isReadOnly } = useConfig()
  return (
    <Section title={t('model.title')}>
      <div className="flex gap-2">
        <ModelWithParameters label={t('model.title')} model={config.model} isReadOnly={isReadOnly} onChange={(model) => patch({ model })} />
      </div>
      {isDemo(config.model?.provider ?? '') && !isReadOnly && <LeaveDemo onChoose={(model) => patch({ model })} />}
    </Section>
  )
}
