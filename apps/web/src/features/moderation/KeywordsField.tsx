import { useTranslation } from 'react-i18next'
import { TextArea } from '../../design/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { charactersOf, keywordsOf, type ModerationFaults, moderationLimits } from './moderation-settings.ts'

interface KeywordsFieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly fault: ModerationFaults['keywords']
}

/** Keywords, with how many there are and may be. */
export function KeywordsField({ value, onChange, fault }: KeywordsFieldProps) {
  const { t } = useTranslation('moderation')
  const format = useFormat()
  const keywords = keywordsOf(value)
  return (
    <TextArea
      label={t('keywords.label')}
      hint={t('keywords.hint')}
      aside={t('keywords.count', {
        lines: format.number(keywords.length),
        mostLines: format.number(moderationLimits.lines),
        characters: format.number(charactersOf(keywords.join('\n'))),
        mostCharacters: format.number(moderationLimits.characters),
      })}
      error={fault && t(`faults.${fault}`)}
      placeholder={t('keywords.placeholder')}
      rows={4}
      controlClassName="max-h-48"
      value={value}
      onValueChange={onChange}
    />
  )
}
