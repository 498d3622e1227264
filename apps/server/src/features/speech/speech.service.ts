import { AppError, type Refusal, type Voice } from '@trellis/contracts'
import type { AppsTable, Db } from '@trellis/db'
import type { Logger } from '@trellis/spec'
import type { Asker, ModelCaller, ModelGateway } from '../models/index.ts'
import type { Recording } from './read-recording.ts'
import { findAnswer } from './speech.repository.ts'
import type { SpeechConfig } from './speech-config.ts'
import { toSpokenText } from './spoken-text.ts'

export interface SpeechDependencies {
  readonly db: Db
  readonly logger: Logger
  readonly gateway: Pick<ModelGateway, 'findDefaultModel' | 'resolveSpeechToTextModel' | 'resolveTextToSpeechModel'>
  /** One of the app’s places for work under way, until what it returns is called. @throws `too_many_requests` */
  readonly takeSlot: (app: AppsTable) => Promise<() => Promise<void>>
}

interface Request {
  readonly app: AppsTable
  readonly config: SpeechConfig
  readonly asker: Asker
}

export interface HearingRequest extends Request {
  readonly recording: Recording
}

/** What is to be spoken, and for whom. */
export interface SpeechRequest extends Request {
  readonly text: string | undefined
  /** Its answer wins over `text`. */
  readonly messageId: string | undefined
  /** Whose message it must be; undefined: any of the app’s. */
  readonly endUserId: string | undefined
  readonly voice: string | undefined
}

type OnFailure = (error: unknown, what: string) => void

/** Apps that hear and speak, by the workspace’s default models. */
export interface SpeechService {
  /** @throws `invalid_param` where the app does not hear, `too_many_requests`, and what models answer */
  transcribe(request: HearingRequest, signal: AbortSignal): Promise<string>
  /**
   * Audio as it comes. What the model fails at is logged, or told to `onFailure`.
   * @throws `invalid_param` where the app does not speak or there is nothing to say, `not_found`, and as `transcribe`
   */
  speak(request: SpeechRequest, signal: AbortSignal, onFailure?: OnFailure): Promise<AsyncIterable<Uint8Array>>
  /** Of the model that would speak; those that are said to speak the language, or any. @throws `provider_not_initialize` */
  listVoices(tenantId: string, language: string): Promise<Voice[]>
}

const isFreedByTime = (): undefined => undefined
/** About twenty minutes of speech. */
const MOST_CHARACTERS = 20_000

export function createSpeechService(dependencies: SpeechDependencies): SpeechService {
  const { db, gateway, logger, takeSlot } = dependencies
  const getDefault = async (tenantId: string, type: 'speech2text' | 'tts') => {
    const found = await gateway.findDefaultModel(tenantId, type)
    if (found) return found
    const kind = type === 'tts' ? 'text-to-speech' : 'speech-to-text'
    throw new AppError('provider_not_initialize', {
      message: `The workspace has no ${kind} model that can be called. Add the key of a provider that has one in Settings → Model providers.`,
    })
  }
  const takePlace = async (app: AppsTable): Promise<() => Promise<void>> => {
    const release = await takeSlot(app)
    return () => release().catch(isFreedByTime)
  }
  return {
    async transcribe({ app, config, asker, recording }, signal) {
      if (!config.hears) refuse('speech_to_text', 'Speech to text is switched off for this app.', { reason: 'hearing_off', values: {} })
      const model = await gateway.resolveSpeechToTextModel({
        ...(await getDefault(app.tenant_id, 'speech2text')),
        caller: callerFor(app, asker, { messageId: null, purpose: 'transcription' }),
      })
      const release = await takePlace(app)
      try {
        return (await model.transcribe(recording, signal)).text.trim()
      } catch (error) {
        if (!signal.aborted) logger.warn({ err: error, appId: app.id }, 'A recording was not transcribed')
        throw error
      } finally {
        await release()
      }
    },
    async speak(request, signal, onFailure) {
      const { app, config, voice } = request
      const log: OnFailure = (error, what) => logger.warn({ err: error, appId: app.id }, what)
      const tell: OnFailure = (...failure) => (signal.aborted ? undefined : (onFailure ?? log)(...failure))
      if (!config.speaks) refuse('text_to_speech', 'Text to speech is switched off for this app.', { reason: 'speaking_off', values: {} })
      const text = await findWords(db, request)
      const model = await gateway.resolveTextToSpeechModel({
        ...(await getDefault(app.tenant_id, 'tts')),
        caller: callerFor(app, request.asker, { messageId: request.messageId ?? null, purpose: 'speech' }),
      })
      const release = await takePlace(app)
      try {
        const audio = await model.speak(text, voice ?? config.voice, signal)
        return untilEnd(audio, { release, onError: (error) => tell(error, 'Speech broke off') })
      } catch (error) {
        await release()
        tell(error, 'A text was not spoken')
        throw error
      }
    },
    async listVoices(tenantId, language) {
      const { voices = [] } = await getDefault(tenantId, 'tts')
      return voices.filter((voice) => speaks(voice.language, language)).map(({ mode, name }) => ({ name, value: mode }))
    },
  }
}

const callerFor = (app: AppsTable, asker: Asker, rest: Pick<ModelCaller, 'messageId' | 'purpose'>): ModelCaller => ({
  ...asker,
  ...rest,
  tenantId: app.tenant_id,
  appId: app.id,
  runId: null,
})

async function findWords(db: Db, { app, text, messageId, endUserId }: SpeechRequest): Promise<string> {
  const words =
    messageId === undefined
      ? (text?.trim() ?? '')
      : toSpokenText((await getAnswer(db, { app, messageId, endUserId })).slice(0, 5 * MOST_CHARACTERS))
  if (words === '') {
    const told = messageId === undefined ? 'There is no text to speak: send text or message_id.' : 'The answer has no words to speak.'
    refuse('text', told, { reason: 'nothing_to_speak', values: {} })
  }
  if (words.length > MOST_CHARACTERS) {
    const values = { limit: MOST_CHARACTERS, length: words.length }
    const told = `At most ${values.limit} characters are spoken at once; these are ${values.length}.`
    refuse('text', told, { reason: 'too_long_to_speak', values })
  }
  return words
}

async function getAnswer(
  db: Db,
  { app, messageId, endUserId }: { readonly app: AppsTable; readonly messageId: string; readonly endUserId: string | undefined },
): Promise<string> {
  const message = await findAnswer(db, app, messageId)
  if (message && (endUserId === undefined || message.from_end_user_id === endUserId)) return message.answer
  throw new AppError('not_found', { message: 'Message Not Exists.' })
}

/** A voice that tells no languages speaks any. `en-US` and `en` are of one language. */
function speaks(languages: readonly string[], wanted: string): boolean {
  const [family] = wanted.toLowerCase().split('-')
  return languages.length === 0 || languages.some((language) => language.toLowerCase().split('-')[0] === family)
}

async function* untilEnd(
  audio: AsyncIterable<Uint8Array>,
  { release, onError }: { readonly release: () => Promise<void>; readonly onError: (error: unknown) => void },
): AsyncGenerator<Uint8Array> {
  try {
    yield* audio
  } catch (error) {
    onError(error)
    throw error
  } finally {
    await release()
  }
}

function refuse(param: string, message: string, refusal: Refusal): never {
  throw new AppError('invalid_param', { message, param, refusal })
}
