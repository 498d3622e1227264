import { AudioLines } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Dialog } from '../../../../design/index.ts'
import { useSession } from '../../../session/useSession.ts'
import { ConsoleSpeech } from '../../../speech/ConsoleSpeech.tsx'
import { SpeechFeatures } from '../../../speech/SpeechFeatures.tsx'
import { readSpeechSettings } from '../../../speech/speech-settings.ts'
import { FeatureButton } from './FeatureButton.tsx'
import { isDraft, type TrialProps } from './tried-workflow.ts'
import { useSaveFeatures } from './useSaveFeatures.ts'

/** Whether the draft hears and speaks, behind a button beside its trial. */
export function SpeechDialog({ app, workflow }: TrialProps) {
  const { t } = useTranslation('orchestrate')
  const { canEdit } = useSession()
  const [isOpen, setOpen] = useState(false)
  if (!isDraft(workflow) || !canEdit) return null
  const { speech_to_text, text_to_speech } = readSpeechSettings(workflow.features)
  const isOn = speech_to_text.enabled || text_to_speech.enabled
  return (
    <>
      <FeatureButton Icon={AudioLines} label={t('speech.title')} isOn={isOn} onClick={() => setOpen(true)} />
      {isOpen && <OpenDialog app={app} workflow={workflow} onClose={() => setOpen(false)} />}
    </>
  )
}

function OpenDialog({ app, workflow, onClose }: TrialProps & { readonly onClose: () => void }) {
  const { t } = useTranslation(['orchestrate', 'common'])
  const [settings, setSettings] = useState(() => readSpeechSettings(workflow.features))
  const save = useSaveFeatures(app.id, onClose)
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={t('speech.title')}
      description={t('speech.ofDraft')}
      width="m"
      onSubmit={() => save.mutate(() => ({ ...settings }))}
      footer={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button type="submit" variant="primary" isBusy={save.isPending}>
            {t('common:save')}
          </Button>
        </>
      }
    >
      <ConsoleSpeech appId={app.id}>
        <SpeechFeatures
          appId={app.id}
          settings={settings}
          onChange={(change) => setSettings((before) => ({ ...before, ...change }))}
          isReadOnly={save.isPending}
          isChat={app.mode === 'advanced-chat'}
        />
      </ConsoleSpeech>
    </Dialog>
  )
}
