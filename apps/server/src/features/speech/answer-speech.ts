import { AppError } from '@trellis/contracts'
import type { AppsTable } from '@trellis/db'
import type { Logger } from '@trellis/spec'
import type { Asker } from '../models/index.ts'
import { gatherSound } from './gather-sound.ts'
import type { SpeechService } from './speech.service.ts'
import { readSpeechConfig } from './speech-config.ts'

/** The sound of an answer that is complete, in pieces. Never throws: an answer that cannot be spoken was still given. */
export type AnswerSpeech = (signal: AbortSignal) => AsyncIterable<Uint8Array>

export interface SpokenAnswer {
  readonly app: AppsTable
  /** That the answer is given by. */
  readonly config: object
  readonly asker: Asker
  readonly messageId: string
}

/** Undefined where the app speaks only when it is asked to. */
export type FindAnswerSpeech = (answer: SpokenAnswer) => AnswerSpeech | undefined

/** About a second of MP3. Whole groups of base64, so that pieces which are joined before they are decoded are still the sound. */
const PIECE_BYTES = 3 * 5_461

export const createAnswerSpeech =
  ({ speech, logger }: { readonly speech: SpeechService; readonly logger: Logger }): FindAnswerSpeech =>
  ({ app, config: stored, asker, messageId }) => {
    const config = readSpeechConfig(stored)
    if (!config.speaksByItself) return undefined
    return async function* speak(signal) {
      const request = { app, config, asker, messageId, endUserId: asker.endUserId ?? undefined, text: undefined, voice: undefined }
      try {
        yield* gatherSound(await speech.speak(request, signal, isLoggedHere), PIECE_BYTES)
      } catch (error) {
        if (signal.aborted || isWordless(error)) return
        logger.warn({ err: error, appId: app.id, messageId }, 'An answer was not spoken to its end')
      }
    }
  }

const isLoggedHere = (): undefined => undefined

/** Nothing but code, say. */
const isWordless = (error: unknown): boolean => AppError.is(error) && error.refusal?.reason === 'nothing_to_speak'
