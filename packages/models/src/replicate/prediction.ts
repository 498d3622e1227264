import { createSseDecoder } from '@trellis/kit'
import { ProviderError } from '@trellis/spec'
import { z } from 'zod'
import { fromEvent, fromExchangeFailure, nonsense, readingOf, readJson, sendRequest, type WireEndpoint } from '../openai-wire/index.ts'

const prediction = z.object({
  status: z.string(),
  output: z.unknown().optional(),
  error: z.unknown().optional(),
  metrics: z.object({ input_token_count: z.number().optional(), output_token_count: z.number().optional() }).nullish(),
  urls: z.object({ get: z.url(), cancel: z.url(), stream: z.url().nullish() }),
})
export type Prediction = z.infer<typeof prediction>

/** How long a prediction that nobody wants any more may take to be told so. */
const CANCEL_TIMEOUT_MS = 5_000

export interface PredictionTarget {
  /** `owner/name`, or `owner/name:version`. */
  readonly model: string
  /** Of the model's form; wins over the one in its name. */
  readonly version: string | undefined
}

export async function createPrediction(
  endpoint: WireEndpoint,
  { model, version: chosen }: PredictionTarget,
  input: object,
  signal: AbortSignal,
): Promise<Prediction> {
  const [name = model, named] = model.split(':')
  const version = chosen ?? named
  const path = version === undefined ? `/models/${name}/predictions` : '/predictions'
  const body = JSON.stringify({ input, stream: true, ...(version === undefined ? {} : { version }) })
  const headers = { 'content-type': 'application/json' }
  return readPrediction(endpoint, { url: endpoint.urlFor(path), method: 'POST', headers, body }, signal)
}

export const getPrediction = (endpoint: WireEndpoint, { urls }: Prediction, signal: AbortSignal): Promise<Prediction> =>
  readPrediction(endpoint, { url: urls.get, method: 'GET' }, signal)

/** Tells Replicate to stop computing, which would be paid for. That it cannot be told is nothing that the caller could mend. */
export async function cancelPrediction(endpoint: WireEndpoint, { urls }: Prediction): Promise<void> {
  await sendRequest(endpoint, { url: urls.cancel, method: 'POST' }, AbortSignal.timeout(CANCEL_TIMEOUT_MS))
    .then((response) => response.text())
    .catch(() => undefined)
}

/** The pieces of the output, until the stream says that it is done. @throws ProviderError where it fails or breaks off */
export async function* streamOutput(endpoint: WireEndpoint, url: string, signal: AbortSignal): AsyncGenerator<string, void> {
  const response = await sendRequest(endpoint, { url, method: 'GET', headers: { accept: 'text/event-stream' } }, signal)
  const events: { readonly type: string | undefined; readonly data: string }[] = []
  const decoder = createSseDecoder((data, type) => events.push({ type, data }))
  try {
    for await (const chunk of response.chunks) {
      decoder.feed(chunk)
      for (const { type, data } of events.splice(0)) {
        if (type === 'done') return endOf(data)
        if (type === 'error') throw failureIn(endpoint, data)
        if (type === 'output' && data !== '') yield data
      }
    }
  } catch (error) {
    throw fromExchangeFailure(error, signal, endpoint.secrets)
  }
  throw new ProviderError('connection', 'The connection to the provider ended before its answer did.')
}

function endOf(data: string): void {
  if (/"reason"\s*:\s*"canceled"/.test(data)) throw new ProviderError('server-unavailable', 'The prediction was canceled at Replicate.')
}

/** What a failed prediction says, as an event or in its `error`. */
export function failureIn(endpoint: WireEndpoint, told: unknown): ProviderError {
  let parsed: unknown
  try {
    parsed = JSON.parse(String(told))
  } catch {
    parsed = undefined
  }
  const value = typeof parsed === 'object' && parsed !== null ? parsed : { error: String(told ?? '') }
  return fromEvent(value, readingOf(endpoint)) ?? new ProviderError('server-unavailable', 'The prediction failed.')
}

async function readPrediction(
  endpoint: WireEndpoint,
  request: Parameters<typeof sendRequest>[1],
  signal: AbortSignal,
): Promise<Prediction> {
  const answer = prediction.safeParse(await readJson(await sendRequest(endpoint, request, signal), endpoint, signal))
  if (!answer.success) throw nonsense('no prediction.', endpoint.secrets, answer.error)
  return answer.data
}
