import type { ServerResponse } from 'node:http'
import { sendSpeech } from './audio.ts'
import { defaultBehaviour, type FakeBehaviour, parseBehaviourHeader, parseModelName } from './behaviour.ts'
import { answerAtOnce, type ChatAnswer, streamAnswer } from './chat.ts'
import { countTokens, renderEmbeddings } from './embeddings.ts'
import { answerWithFault, sendError } from './faults.ts'
import type { Pacer } from './pacer.ts'
import type { ChatRequestBody, FakeRequest, RequestLog } from './request-log.ts'
import { type ApiError, createSharedClock } from './wire.ts'

export interface ApiOptions {
  readonly settings: Partial<FakeBehaviour>
  readonly apiKey: string | undefined
  readonly models: readonly string[] | undefined
  readonly respond: ((request: FakeRequest) => Partial<FakeBehaviour> | undefined) | undefined
  readonly pacer: Pacer
  readonly log: RequestLog
}

export interface Api {
  answer(request: FakeRequest, response: ServerResponse): void
  /** Takes the place of what was asked for before. Returns the whole behaviour. */
  setDefaults(settings: Partial<FakeBehaviour>): FakeBehaviour
}

const operations: ReadonlySet<string> = new Set([
  '/v1/chat/completions',
  '/v1/embeddings',
  '/v1/audio/speech',
  '/v1/audio/transcriptions',
  '/v1/moderations',
])

/** OpenAI's operations, as far as the fake knows them. */
export function createApi({ settings, apiKey, models, respond, pacer, log }: ApiOptions): Api {
  const sharedNowMs = createSharedClock()
  const requestsByModel = new Map<string, number>()
  let defaults: FakeBehaviour = { ...defaultBehaviour, ...settings }

  const behaviourOf = (request: FakeRequest): FakeBehaviour => {
    const header = request.headers['x-fake-behaviour']
    const fromHeader = typeof header === 'string' ? parseBehaviourHeader(header) : {}
    const behaviour = { ...defaults, ...parseModelName(request.model), ...fromHeader, ...respond?.(request) }
    const earlier = requestsByModel.get(request.model) ?? 0
    requestsByModel.set(request.model, earlier + 1)
    return behaviour.times > 0 && earlier >= behaviour.times ? { ...behaviour, fault: undefined } : behaviour
  }

  const answerChat = (request: FakeRequest, body: ChatRequestBody, behaviour: FakeBehaviour, response: ServerResponse): void => {
    const answer: ChatAnswer = {
      response,
      behaviour,
      head: { id: `chatcmpl-fake${log.counters.requests}`, model: request.model, created: Math.floor(Date.now() / 1000) },
      promptTokens: (body.messages ?? []).reduce((sum, message) => sum + countTokens(textOf(message.content)), 0),
      maxTokens: body.max_completion_tokens ?? body.max_tokens,
      isUsageWanted: body.stream_options?.include_usage === true,
      pacer,
      sharedNowMs,
      onTokens: (count) => log.addTokens(request, count),
    }
    const begin = (): void => (body.stream === true ? streamAnswer(answer) : answerAtOnce(answer))
    if (behaviour.fault === 'slow-headers') pacer.schedule({ dueMs: performance.now() + behaviour.delay, run: begin })
    else begin()
  }

  const refusalOf = ({ body, path, method, headers, model }: FakeRequest): ApiError | undefined => {
    if (apiKey !== undefined && headers.authorization !== `Bearer ${apiKey}`)
      return refusal(401, 'Incorrect API key provided.', 'invalid_api_key')
    if (method === 'GET' && path === '/v1/models') return undefined
    if (method !== 'POST' || !operations.has(path)) {
      return refusal(404, `Unknown request URL: ${method} ${path}.`, 'unknown_url')
    }
    if (typeof body?.model !== 'string') return refusal(400, 'you must provide a model parameter')
    if (models && !models.includes(model) && !model.startsWith('fake')) {
      return refusal(404, `The model '${model}' does not exist`, 'model_not_found')
    }
    if (path === '/v1/chat/completions' && !Array.isArray(body.messages)) return refusal(400, "Missing required parameter: 'messages'.")
    return undefined
  }

  return {
    answer(request, response) {
      const refused = refusalOf(request)
      const { body, path } = request
      if (refused) sendError(response, refused)
      else if (path === '/v1/models' || !body) sendJson(response, renderModels(models ?? ['fake']))
      else {
        const behaviour = behaviourOf(request)
        if (answerWithFault(response, behaviour, body.stream === true)) return
        if (path === '/v1/embeddings') sendJson(response, embeddingsOf(body, request.model))
        else if (path === '/v1/audio/speech') sendSpeech(response, textOf(body.input), behaviour.fault)
        else if (path === '/v1/audio/transcriptions') sendJson(response, { text: [behaviour.text ?? 'What was said'].flat().join('') })
        else if (path === '/v1/moderations') sendJson(response, { results: [{ flagged: textOf(body.input).includes('flag me') }] })
        else answerChat(request, body, behaviour, response)
      }
    },
    setDefaults(behaviour) {
      defaults = { ...defaultBehaviour, ...behaviour }
      requestsByModel.clear()
      return defaults
    },
  }
}

export const sendJson = (response: ServerResponse, body: object): void => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

export const refusal = (status: number, message: string, code: string | null = null): ApiError => ({
  status,
  message,
  type: 'invalid_request_error',
  code,
})

const textOf = (content: unknown): string => (typeof content === 'string' ? content : JSON.stringify(content ?? ''))

const renderModels = (models: readonly string[]): object => ({
  object: 'list',
  data: models.map((id) => ({ id, object: 'model', created: 1_700_000_000, owned_by: 'fake' })),
})

const embeddingsOf = (body: ChatRequestBody, model: string): object =>
  renderEmbeddings({
    model,
    texts: typeof body.input === 'string' ? [body.input] : (body.input ?? []),
    dimensions: body.dimensions,
    isBase64: body.encoding_format === 'base64',
  })
