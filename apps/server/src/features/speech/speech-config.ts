import { z } from 'zod'

/** What of an app’s configuration is about speech; features of workflows have it in the same form. Lenient, as all that is stored. */
const speechConfigSchema = z.looseObject({
  speech_to_text: z
    .looseObject({ enabled: z.boolean().catch(false) })
    .nullish()
    .catch(null),
  text_to_speech: z
    .looseObject({
      enabled: z.boolean().catch(false),
      voice: z.string().nullish().catch(null),
      autoPlay: z.enum(['enabled', 'disabled']).nullish().catch(null),
    })
    .nullish()
    .catch(null),
})

export interface SpeechConfig {
  readonly hears: boolean
  readonly speaks: boolean
  /** Each answer, without being asked to. */
  readonly speaksByItself: boolean
  readonly voice: string | undefined
}

export function readSpeechConfig(stored: object): SpeechConfig {
  const { speech_to_text: ear, text_to_speech: mouth } = speechConfigSchema.parse(stored)
  const speaks = mouth?.enabled === true
  return {
    hears: ear?.enabled === true,
    speaks,
    speaksByItself: speaks && mouth.autoPlay === 'enabled',
    voice: mouth?.voice || undefined,
  }
}
