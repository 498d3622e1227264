import { abortableSleep } from '@trellis/kit'
import { type LanguageModel, type ModelCall, type ModelEvent, ProviderError, type TokenUsage } from '@trellis/spec'
import { estimateTokens } from '../catalog/estimate-tokens.ts'
import type { WireEndpoint } from '../openai-wire/index.ts'
import { toPredictionInput } from './input.ts'
import {
  cancelPrediction,
  createPrediction,
  failureIn,
  getPrediction,
  type Prediction,
  type PredictionTarget,
  streamOutput,
} from './prediction.ts'

export interface ReplicateModelOptions extends PredictionTarget {
  readonly endpoint: WireEndpoint
  /** Between two looks at a prediction that has no stream. */
  readonly pollIntervalMs?: number
}

const POLL_INTERVAL_MS = 1_000

/** A language model as predictions: one is made, its output streamed or polled, and it is canceled where the caller leaves early. */
export function createReplicateLanguageModel(options: ReplicateModelOptions): LanguageModel {
  const { endpoint } = options
  return {
    async *stream(call: ModelCall, signal: AbortSignal): AsyncGenerator<ModelEvent> {
      signal.throwIfAborted()
      const input = toPredictionInput(call)
      const prediction = await createPrediction(endpoint, options, input, signal)
      let said = ''
      let isOver = false
      try {
        for await (const text of outputOf(prediction, options, signal)) {
          said += text
          yield { type: 'text-delta', text }
        }
        isOver = true
      } catch (error) {
        signal.throwIfAborted()
        throw error
      } finally {
        if (!isOver) await cancelPrediction(endpoint, prediction)
      }
      if (said === '') throw new ProviderError('server-unavailable', 'The provider answered nothing.')
      yield { type: 'finish', reason: 'stop', usage: await usageOf(prediction, endpoint, { input, said, signal }) }
    },
  }
}

function outputOf(prediction: Prediction, options: ReplicateModelOptions, signal: AbortSignal): AsyncIterable<string> {
  const url = prediction.urls.stream
  return url === null || url === undefined ? pollOutput(prediction, options, signal) : streamOutput(options.endpoint, url, signal)
}

/** Versions without a stream: what has been added to the output since the last look. */
async function* pollOutput(first: Prediction, { endpoint, pollIntervalMs }: ReplicateModelOptions, signal: AbortSignal) {
  let seen = 0
  for (let current = first; ; current = await getPrediction(endpoint, current, signal)) {
    const { status, error } = current
    const text = Array.isArray(current.output) ? current.output.join('') : typeof current.output === 'string' ? current.output : ''
    if (text.length > seen) yield text.slice(seen)
    seen = Math.max(seen, text.length)
    if (status === 'succeeded') return
    if (status === 'failed') throw failureIn(endpoint, error)
    if (status === 'canceled' || status === 'aborted') {
      throw new ProviderError('server-unavailable', 'The prediction was canceled at Replicate.')
    }
    await abortableSleep(pollIntervalMs ?? POLL_INTERVAL_MS, signal)
  }
}

/** Official models count their tokens; of the others nothing is told. */
async function usageOf(
  prediction: Prediction,
  endpoint: WireEndpoint,
  { input, said, signal }: { readonly input: Readonly<Record<string, unknown>>; readonly said: string; readonly signal: AbortSignal },
): Promise<TokenUsage> {
  const { metrics } = await getPrediction(endpoint, prediction, signal).catch((): Pick<Prediction, 'metrics'> => ({}))
  if (metrics?.input_token_count !== undefined && metrics.output_token_count !== undefined) {
    return { promptTokens: metrics.input_token_count, completionTokens: metrics.output_token_count }
  }
  const prompt = `${input.system_prompt ?? ''}\n${input.prompt ?? ''}`
  return { promptTokens: estimateTokens(prompt), completionTokens: estimateTokens(said), isEstimated: true }
}
