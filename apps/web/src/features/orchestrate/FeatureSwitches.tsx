import { useTranslation } from 'react-i18next'
import { Switch } from '../../design/index.ts'
import { Section } from './Section.tsx'
import { useConfig } from './useConfig.ts'

const BOX = 'rounded-md border border-line bg-surface px-3 py-2.5'

/** Whether whoever shows a chatbot's answers may show what they rest on. */
export function CitationsSwitch() {
  const { t } = useTranslation('orchestrate')
  const { config, patch, isReadOnly } = useConfig()
  // A draft may have been saved without the section.
  const section = config.retriever_resource ?? { enabled: false }
  return (
    <div className={BOX}>
      <Switch
        label={t('features.citations')}
        hint={t('features.citationsHint')}
        disabled={isReadOnly}
        checked={section.enabled}
        onCheckedChange={(enabled) => patch({ retriever_resource: { ...section, enabled } })}
      />
    </div>
  )
}

/** Whether a text generator offers further versions of what it wrote. */
export function ResultsSection() {
  const { t } = useTranslation('orchestrate')
  const { config, patch, isReadOnly } = useConfig()
  // As above.
  const section = config.more_like_this ?? { enabled: false }
  return (
    <Section title={t('features.results')}>
      <div className={BOX}>
        <Switch
          label={t('features.moreLikeThis')}
          hint={t('features.moreLikeThisHint')}
          disabled={isReadOnly}
          checked={section.enabled}
          onCheckedChange={(enabled) => patch({ more_like_this: { ...section, enabled } })}
        />
      </div>
    </Section>
  )
}
