import { useTranslation } from 'react-i18next'
import { useApp } from '../app/app-context.ts'
import { SpeechFeatures } from '../speech/SpeechFeatures.tsx'
import { readSpeechSettings } from '../speech/speech-settings.ts'
import { Section } from './Section.tsx'
import { useConfig } from './useConfig.ts'

/** Speech of a chat or text app, in and out. */
export function SpeechSection() {
  const { t } = useTranslation('orchestrate')
  const { app } = useApp()
  const { config, patch, isReadOnly } = useConfig()
  return (
    <Section title={t('speech.title')}>
      <SpeechFeatures
        appId={app.id}
        settings={readSpeechSettings(config)}
        isReadOnly={isReadOnly}
        isChat={app.mode !== 'completion'}
        onChange={({ speech_to_text: ear, text_to_speech: mouth }) =>
          // What we do not know of the sections stays.
          patch({
            ...(ear && { speech_to_text: { ...config.speech_to_text, ...ear } }),
            ...(mouth && { text_to_speech: { ...config.text_to_speech, ...mouth } }),
          })
        }
      />
    </Section>
  )
}
