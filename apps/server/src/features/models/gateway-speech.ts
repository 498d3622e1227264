import { AppError } from '@trellis/contracts'
import { type CatalogModel, type ModerationModel, type ProviderClient, ProviderError, type TranscriptionModel } from '@trellis/spec'
import type { ModelChoice, ModelName } from './gateway-types.ts'
import type { CalledModel } from './metered-call.ts'
import { toModelError } from './model-errors.ts'
import type { ReadyModel } from './ready-model.ts'
import { type SentInTurn, sentRecording, sentTexts } from './sent-in-turn.ts'

/** A model that speaks, ready to be called. */
export interface ResolvedSpeechModel {
  readonly entry: CatalogModel
  /**
   * Resolves when the first sound has come, after which nothing is tried again. A voice that the model is not known to have gives way
   * to its first: apps come from elsewhere, and their workspace may change its model.
   * @throws AppError, also while the audio is read; an abort rejects with the signal’s reason
   */
  speak(text: string, voice: string | undefined, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>
}

/** Of the gateway: what hears, speaks and judges. */
export interface SpeechGateway {
  /** @throws AppError `provider_not_initialize`, `model_currently_not_support`, `provider_not_support_speech_to_text` */
  resolveSpeechToTextModel(choice: ModelChoice): Promise<TranscriptionModel>
  /** @throws AppError `provider_not_initialize`, `model_currently_not_support` */
  resolveTextToSpeechModel(choice: ModelChoice): Promise<ResolvedSpeechModel>
  /** @throws AppError `provider_not_initialize`, `model_currently_not_support` */
  resolveModerationModel(choice: ModelChoice): Promise<ModerationModel>
  /** The workspace’s default of a kind, or the first that can be called; undefined where there is none. */
  findDefaultModel(tenantId: string, type: SpokenType): Promise<(CatalogModel & ModelName) | undefined>
}

export type SpokenType = 'speech2text' | 'tts' | 'moderation'

/** One way of asking a model: with whichever credentials are in turn. */
export type AskInTurn = <Port>(
  called: CalledModel,
  portOf: (client: ProviderClient) => Port | undefined,
) => <T>(use: (port: Port) => Promise<T>, sent: SentInTurn<T>) => Promise<T>

interface SpeechGatewayDependencies {
  readonly resolve: (choice: ModelChoice, type: SpokenType) => Promise<CalledModel>
  readonly findDefault: (tenantId: string, type: SpokenType) => Promise<ReadyModel | undefined>
  /** @throws `model_currently_not_support` at once where the provider has no such models */
  readonly ask: AskInTurn
}

export function createSpeechGateway({ resolve, findDefault, ask }: SpeechGatewayDependencies): SpeechGateway {
  return {
    async resolveSpeechToTextModel(choice) {
      const ready = await resolve(choice, 'speech2text')
      const inTurn = openEar(() => ask(ready, (client) => client.transcriptionModel?.(ready.entry.model)))
      return {
        transcribe: (audio, signal) => inTurn((model) => model.transcribe(audio, signal), sentRecording(ready.entry, audio.bytes)),
      }
    },
    async resolveTextToSpeechModel(choice) {
      const ready = await resolve(choice, 'tts')
      const inTurn = ask(ready, (client) => client.speechModel?.(ready.entry.model))
      return {
        entry: ready.entry,
        speak(text, wanted, signal) {
          const voice = chooseVoice(ready.entry, wanted)
          return inTurn((model) => begin(model.speak(text, voice, signal)), sentTexts([text]))
        },
      }
    },
    async resolveModerationModel(choice) {
      const ready = await resolve(choice, 'moderation')
      const inTurn = ask(ready, (client) => client.moderationModel?.(ready.entry.model))
      return { isFlagged: (text, ...more) => inTurn((model) => model.isFlagged(text, ...more), sentTexts([text])) }
    },
    async findDefaultModel(tenantId, type) {
      const found = await findDefault(tenantId, type)
      return found && { ...found.entry, provider: found.provider.id }
    },
  }
}

/** Callers of speech know this lack by a code of its own. */
function openEar<T>(open: () => T): T {
  try {
    return open()
  } catch (error) {
    if (!AppError.is(error) || error.code !== 'model_currently_not_support') throw error
    throw new AppError('provider_not_support_speech_to_text', { message: error.message, cause: error })
  }
}

/** @throws AppError `invalid_param` where nobody named a voice, and none is known */
function chooseVoice({ model, voices = [] }: CatalogModel, wanted: string | undefined): string {
  const known = voices.find(({ mode }) => mode === wanted) ?? voices[0]
  const voice = known?.mode ?? wanted
  if (voice) return voice
  throw new AppError('invalid_param', {
    message: `${model} needs a voice: name one that it has.`,
    param: 'voice',
    refusal: { reason: 'voice_missing', values: { model } },
  })
}

/** Waits for the first chunk, so that what fails before it can be told, or tried with other credentials. */
async function begin(chunks: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Uint8Array>> {
  const iterator = chunks[Symbol.asyncIterator]()
  const first = await iterator.next()
  if (first.done) throw new ProviderError('server-unavailable', 'It answered without any audio.')
  return readOn(first.value, iterator)
}

async function* readOn(first: Uint8Array, iterator: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield first
    for (;;) {
      const next = await iterator.next()
      if (next.done) return
      yield next.value
    }
  } catch (error) {
    throw toModelError(error)
  } finally {
    // A listener that leaves ends the provider’s work.
    await iterator.return?.()
  }
}
