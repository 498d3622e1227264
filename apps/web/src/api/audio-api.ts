import type { Voice } from '@trellis/contracts'
import type { HttpClient } from './http-client.ts'

export interface SpokenText {
  /** Its answer is spoken. */
  readonly messageId?: string | undefined
  readonly text?: string | undefined
  readonly voice?: string | undefined
}

/** How a page has speech understood and texts spoken. Each call throws its ApiError. */
export interface SpeechPort {
  transcribe(recording: File, signal: AbortSignal): Promise<string>
  /** The answer with its audio, which may still be coming. */
  speak(what: SpokenText, signal: AbortSignal): Promise<Response>
}

/** Speech in trials of an app. */
export interface AudioApi {
  of(appId: string): SpeechPort
  /** Those that speak a language. */
  voices(appId: string, language: string): Promise<readonly Voice[]>
}

export function createAudioApi(http: HttpClient): AudioApi {
  return {
    of: (appId) => ({
      async transcribe(recording, signal) {
        const body = new FormData()
        body.set('file', recording)
        return (await http.post<{ readonly text: string }>(`/apps/${appId}/audio-to-text`, body, { signal })).text
      },
      speak: ({ messageId: message_id, text, voice }, signal) =>
        http.open(`/apps/${appId}/text-to-audio`, { message_id, text, voice }, { signal }),
    }),
    voices: (appId, language) => http.get(`/apps/${appId}/text-to-audio/voices`, { query: { language } }),
  }
}
