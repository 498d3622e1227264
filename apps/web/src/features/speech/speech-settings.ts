/** What of an app's features is about speech. */
export interface SpeechSettings {
  readonly speech_to_text: { readonly enabled: boolean }
  readonly text_to_speech: {
    readonly enabled: boolean
    readonly language?: string | undefined
    readonly voice?: string | undefined
    readonly autoPlay?: 'enabled' | 'disabled' | undefined
  }
}

/** Reads the features of an app as they are stored; whatever is not there, or is something else, is switched off. */
export function readSpeechSettings(features: Readonly<Record<string, unknown>>): SpeechSettings {
  const hearing = toRecord(features['speech_to_text'])
  const { enabled, language, voice, autoPlay } = toRecord(features['text_to_speech'])
  return {
    speech_to_text: { enabled: hearing['enabled'] === true },
    text_to_speech: {
      enabled: enabled === true,
      language: typeof language === 'string' ? language : undefined,
      voice: typeof voice === 'string' ? voice : undefined,
      autoPlay: autoPlay === 'enabled' ? 'enabled' : 'disabled',
    },
  }
}

const toRecord = (value: unknown): Readonly<Record<string, unknown>> =>
  // Objects of JSON have texts for keys.
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
