import { useTranslation } from 'react-i18next'
import { Switch, TextArea } from '../../design/index.ts'
import { charactersOf, type ModerationSide, moderationLimits, type PresetFault, type SideName } from './moderation-settings.ts'

interface ModeratedSideProps {
  readonly name: SideName
  readonly side: ModerationSide
  /** Whoever judges may say itself what is answered. */
  readonly isPresetOptional: boolean
  readonly onChange: (side: ModerationSide) => void
  readonly fault: PresetFault | undefined
}

/** Whether this side is looked at, and what is answered instead. */
export function ModeratedSide({ name, side, isPresetOptional, onChange, fault }: ModeratedSideProps) {
  const { t } = useTranslation('moderation')
  return (
    <div className="flex flex-col gap-3 rounded-md border border-line px-3 py-2.5">
      <Switch
        label={t(`${name}.switch`)}
        hint={t(`${name}.hint`)}
        checked={side.isOn}
        onCheckedChange={(isOn) => onChange({ ...side, isOn })}
      />
      {side.isOn && (
        <TextArea
          label={t(`${name}.preset`)}
          aside={t('characters', { used: charactersOf(side.preset.trim()), most: moderationLimits.presetCharacters })}
          hint={isPresetOptional ? t('presetOptional') : undefined}
          error={fault && t(`faults.${fault}`)}
          placeholder={t(`${name}.placeholder`)}
          rows={2}
          value={side.preset}
          onValueChange={(preset) => onChange({ ...side, preset })}
        />
      )}
    </div>
  )
}
