import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import { useErrorText } from '../../api/useErrorText.ts'
import { Notice, Select, Switch } from '../../design/index.ts'
import { defaultModelQuery } from '../models/queries.ts'
import { SpeakButton } from './SpeakButton.tsx'
import { nameOfLanguage, nearestSpeechLanguage, sampleOf, speechLanguages } from './speech-languages.ts'
import type { SpeechSettings } from './speech-settings.ts'

export interface SpeechFeaturesProps {
  readonly appId: string
  readonly settings: SpeechSettings
  readonly onChange: (change: Partial<SpeechSettings>) => void
  readonly isReadOnly: boolean
  /** Answers come in conversations, and may be spoken by themselves. */
  readonly isChat: boolean
}

const BOX = 'rounded-md border border-line bg-surface px-3 py-2.5'

/** Whether an app hears and speaks, and with which voice. */
export function SpeechFeatures(props: SpeechFeaturesProps) {
  const { t } = useTranslation('orchestrate')
  const { settings, onChange, isReadOnly, isChat } = props
  const hears = settings.speech_to_text.enabled
  const speaks = settings.text_to_speech.enabled
  return (
    <>
      {isChat && (
        <div className={BOX}>
          <Switch
            label={t('speech.hears')}
            hint={t('speech.hearsHint')}
            disabled={isReadOnly}
            checked={hears}
            onCheckedChange={(enabled) => onChange({ speech_to_text: { enabled } })}
          />
          {hears && <ModelInUse type="speech2text" />}
        </div>
      )}
      <div className={BOX}>
        <Switch
          label={t('speech.speaks')}
          hint={t('speech.speaksHint')}
          disabled={isReadOnly}
          checked={speaks}
          onCheckedChange={(enabled) => onChange({ text_to_speech: { ...settings.text_to_speech, enabled } })}
        />
        {speaks && (
          <>
            <ModelInUse type="tts" />
            <Voice {...props} />
          </>
        )}
      </div>
    </>
  )
}

/** Which model does it, or that there is none. */
function ModelInUse({ type }: { readonly type: 'speech2text' | 'tts' }) {
  const { t } = useTranslation('orchestrate')
  const model = useQuery(defaultModelQuery(useApi(), type))
  if (model.isPending || model.isError) return null
  if (model.data) return <p className="mt-2 text-s text-ink-3">{t('speech.model', { model: model.data.model })}</p>
  return (
    <Notice tone="warn" className="mt-2.5">
      {t(type === 'tts' ? 'speech.noVoiceModel' : 'speech.noHearingModel')}
    </Notice>
  )
}

function Voice({ appId, settings, onChange, isReadOnly, isChat }: SpeechFeaturesProps) {
  const { t, i18n } = useTranslation('orchestrate')
  const api = useApi()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  const { text_to_speech: speech } = settings
  const language = speech.language || nearestSpeechLanguage(i18n.language)
  const voicesOf = (wanted: string) => ({
    queryKey: ['models', 'voices', appId, wanted],
    queryFn: () => api.audio.voices(appId, wanted),
    retry: false,
  })
  const voices = useQuery(voicesOf(language))
  const [isChoosing, setChoosing] = useState(false)
  const chosen = voices.data?.find(({ value }) => value === speech.voice)
  const change = (part: Partial<SpeechSettings['text_to_speech']>) => onChange({ text_to_speech: { ...speech, ...part } })
  const chooseLanguage = async (next: string) => {
    setChoosing(true)
    // A voice that does not speak it gives way to one that does.
    const known = await queryClient.fetchQuery(voicesOf(next)).catch(() => [])
    const keeps = known.length === 0 || known.some(({ value }) => value === speech.voice)
    change({ language: next, ...(keeps ? {} : { voice: known[0]?.value ?? '' }) })
    setChoosing(false)
  }
  return (
    <div className="mt-3 flex flex-col gap-3 border-t border-line pt-3">
      <div className="flex items-end gap-2 max-sm:flex-wrap">
        <Select
          label={t('speech.language')}
          className="min-w-36 flex-1"
          disabled={isReadOnly || isChoosing}
          options={speechLanguages.map((code) => ({ value: code, label: nameOfLanguage(code, i18n.language) }))}
          value={language}
          onValueChange={(next) => void chooseLanguage(next)}
        />
        <Select
          label={t('speech.voice')}
          className="min-w-36 flex-1"
          disabled={isReadOnly || !voices.data || voices.data.length === 0}
          placeholder={t(voices.data?.length === 0 ? 'speech.noVoice' : 'speech.anyVoice')}
          options={(voices.data ?? []).map(({ value, name }) => ({ value, label: name }))}
          value={chosen?.value ?? null}
          onValueChange={(voice) => change({ voice, language })}
        />
        <span className="flex h-7.5 items-center">
          <SpeakButton key={`${language} ${chosen?.value}`} speechKey="voice" what={{ text: sampleOf(language), voice: chosen?.value }} />
        </span>
      </div>
      {voices.isError && voices.error && <p className="text-s text-bad">{errorText(voices.error)}</p>}
      {isChat && (
        <Switch
          label={t('speech.autoPlay')}
          hint={t('speech.autoPlayHint')}
          disabled={isReadOnly}
          checked={speech.autoPlay === 'enabled'}
          onCheckedChange={(isOn) => change({ autoPlay: isOn ? 'enabled' : 'disabled' })}
        />
      )}
    </div>
  )
}
