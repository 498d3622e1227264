import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { lazyDialog } from '../../../../lazy-dialog.tsx'
import { type ModerationSettings, readModerationSettings, writeModerationSettings } from '../../../moderation/moderation-settings.ts'
import { useSession } from '../../../session/useSession.ts'
import { FeatureButton } from './FeatureButton.tsx'
import { isDraft, type TrialProps } from './tried-workflow.ts'
import { useSaveFeatures } from './useSaveFeatures.ts'

const ModerationDialog = lazyDialog(() => import('../../../moderation/ModerationDialog.tsx').then((module) => module.ModerationDialog))

const SECTION = 'sensitive_word_avoidance'

/** What the draft of a chatflow shall not hear or say, behind a button beside its trial. */
export function ModerationFeature({ app, workflow }: TrialProps) {
  const { t } = useTranslation('orchestrate')
  const { canEdit } = useSession()
  const [isOpen, setOpen] = useState(false)
  const save = useSaveFeatures(app.id, () => setOpen(false))
  if (!isDraft(workflow) || !canEdit) return null
  const settings = readModerationSettings(workflow.features[SECTION])
  const store = (next: ModerationSettings) => save.mutate(({ [SECTION]: stored }) => ({ [SECTION]: writeModerationSettings(stored, next) }))
  return (
    <>
      <FeatureButton Icon={ShieldCheck} label={t('moderation.title')} isOn={settings.isOn} onClick={() => setOpen(true)} />
      {isOpen && (
        <ModerationDialog
          settings={settings}
          isOfFlow
          isSaving={save.isPending}
          onSave={store}
          onSwitchOff={settings.isOn ? () => store({ ...settings, isOn: false }) : undefined}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
