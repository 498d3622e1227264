import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createEgress } from '@trellis/kit'
import type { ModelCall, ModelEvent } from '@trellis/spec'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collectEvents, expectWellFormed, textIn } from '../conformance/model-events.ts'
import { clientOf, languageModelOf, subjects } from '../conformance/subjects.ts'
import type { WireEndpoint } from '../openai-wire/index.ts'
import { createReplicateLanguageModel } from './language-model.ts'

const KEY = 'r8_0123456789'
const subject = subjects.find(({ provider }) => provider.id === 'replicate')
if (subject === undefined) throw new TypeError('Replicate is not in the registry')

const event = (type: string, data: string): string => `event: ${type}\n${data.replaceAll(/^/gm, 'data: ')}\n\n`

/** What a prediction does: its first state, what its stream says, and its states when it is looked at later. */
interface Script {
  readonly refusal?: { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body: object }
  readonly created?: object
  readonly stream?: (response: ServerResponse) => void
  readonly later?: readonly object[]
}

describe('Replicate', () => {
  const egress = createEgress({ modelEndpointAllowPrivate: true })
  let script: Script = {}
  let looks = 0
  let canceled = Promise.withResolvers<void>()
  const seen: { readonly path: string; readonly key: string; readonly body: unknown }[] = []
  let baseUrl = ''
  const urls = () => ({ get: `${baseUrl}/v1/predictions/1`, cancel: `${baseUrl}/v1/predictions/1/cancel` })
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece)
    const text = Buffer.concat(pieces).toString()
    const path = request.url ?? ''
    seen.push({ path, key: request.headers.authorization ?? '', body: text === '' ? undefined : JSON.parse(text) })
    const send = (status: number, body: object, headers = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
    if (path.endsWith('/cancel')) {
      canceled.resolve()
      send(200, {})
    } else if (path === '/stream') script.stream?.(response.writeHead(200, { 'content-type': 'text/event-stream' }))
    else if (script.refusal !== undefined) send(script.refusal.status, script.refusal.body, script.refusal.headers)
    else if (request.method === 'POST') {
      const stream = script.stream === undefined ? {} : { stream: `${baseUrl}/stream` }
      send(201, { id: '1', status: 'starting', urls: { ...urls(), ...stream }, ...script.created })
    } else {
      const states = script.later ?? [{ status: 'succeeded' }]
      send(200, { id: '1', urls: urls(), ...states[Math.min(looks, states.length - 1)] })
      looks += 1
    }
  })
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    // A listening TCP server's address is never a path.
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(async () => {
    await egress.close()
    server.closeAllConnections()
    server.close()
  })

  const play = (next: Script): void => {
    script = next
    looks = 0
    canceled = Promise.withResolvers()
  }
  const open = () => languageModelOf(clientOf(subject, { baseUrl, apiKey: KEY, egress }), subject)
  const stream = (call: Partial<ModelCall> = {}, signal = new AbortController().signal): AsyncIterable<ModelEvent> =>
    open().stream({ messages: [{ role: 'user', content: 'Hello' }], parameters: {}, ...call }, signal)
  const says = (...events: readonly string[]): Script => ({ stream: (response) => response.end(events.join('')) })
  const done = event('done', '{}')

  it('streams the output of a prediction, and counts its tokens where it does', async () => {
    const later = [{ status: 'succeeded', metrics: { input_token_count: 12, output_token_count: 7, predict_time: 0.4 } }]
    play({ ...says(event('output', 'Good '), event('output', 'day,\nfriend'), event('logs', 'x'), done), later })
    const events = await collectEvents(stream())
    expectWellFormed(events)
    expect(events.filter(({ type }) => type === 'text-delta')).toHaveLength(2)
    expect(textIn(events)).toBe('Good day,\nfriend')
    expect(events.at(-1)).toMatchObject({ reason: 'stop', usage: { promptTokens: 12, completionTokens: 7 } })
    expect(seen.every(({ key }) => key === `Bearer ${KEY}`)).toBe(true)
  })

  it('asks an official model by its name, with one prompt, and estimates what nobody counted', async () => {
    play(says(event('output', 'ok'), done))
    const [end] = (await collectEvents(stream({ parameters: { max_tokens: 50 }, stop: ['END', 'STOP'] }))).slice(-1)
    expect(end).toMatchObject({ usage: { isEstimated: true } })
    expect(seen.find(({ body }) => body !== undefined && looks > 0)).toBeDefined()
    expect(seen.findLast(({ body }) => body !== undefined)).toMatchObject({
      path: `/v1/models/${subject.model}/predictions`,
      body: { stream: true, input: { prompt: 'Hello', max_tokens: 50, stop_sequences: 'END,STOP' } },
    })
  })

  it('asks another by its version, a conversation as a script, a schema in words', async () => {
    play(says(event('output', '{}'), done))
    const client = subject.provider.createClient(
      { replicate_api_token: KEY, model_version: 'abc123' },
      { egress: { ...egress, request: (request) => egress.request({ ...request, url: baseUrl + new URL(request.url).pathname }) } },
    )
    const schema = { type: 'object', properties: { title: { type: 'string' } } }
    const messages = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'One' },
      { role: 'assistant', content: 'Two' },
      { role: 'user', content: [{ type: 'text', text: 'Three' }, { type: 'image', mimeType: 'image/png', base64: 'aGk=' }] }, // biome-ignore format: two parts
    ] as const
    const call = { messages, parameters: {}, responseFormat: { type: 'json-schema', name: 'titled', schema } } as const
    await collectEvents(languageModelOf(client, { ...subject, model: 'me/mine' }).stream(call, new AbortController().signal))
    const request = seen.findLast(({ body }) => body !== undefined)
    expect(request).toMatchObject({
      path: '/v1/predictions',
      body: {
        version: 'abc123',
        input: {
          prompt: 'User: One\n\nAssistant: Two\n\nUser: Three\n[image]\n\nAssistant:',
          system_prompt: expect.stringMatching(/^Be brief\..*JSON schema/s),
        },
      },
    })
  })

  it('looks again and again at a prediction that has no stream', async () => {
    play({
      later: [
        { status: 'processing', output: ['Good '] },
        { status: 'succeeded', output: ['Good ', 'day'] },
      ],
    })
    const endpoint: WireEndpoint = { egress, urlFor: (path) => `${baseUrl}/v1${path}`, headers: {}, secrets: [], dialect: {} }
    const model = createReplicateLanguageModel({ endpoint, model: 'me/mine:abc', version: undefined, pollIntervalMs: 1 })
    const call = { messages: [{ role: 'user', content: 'Hello' }], parameters: {} } as const
    const events = await collectEvents(model.stream(call, new AbortController().signal))
    expect(events.filter(({ type }) => type === 'text-delta')).toHaveLength(2)
    expect(textIn(events)).toBe('Good day')
  })

  it('cancels the prediction of a caller who leaves, by a signal or without one', async () => {
    const hanging: Script = { stream: (response) => response.write(event('output', 'Hello')) }
    play(hanging)
    const controller = new AbortController()
    const reason = new Error('stopped by the user')
    const reading = (async () => {
      for await (const _event of stream({}, controller.signal)) controller.abort(reason)
    })()
    await expect(reading).rejects.toBe(reason)
    await canceled.promise
    play(hanging)
    for await (const _event of stream()) break
    await canceled.promise
    await expect(collectEvents(stream({}, AbortSignal.abort(reason)))).rejects.toBe(reason)
  })

  it.each([
    [401, { title: 'Unauthenticated', detail: `You did not pass a valid authentication token ${KEY}`, status: 401 }, 'authorization'],
    [402, { title: 'Insufficient credit', detail: 'You have insufficient credit to run this model.', status: 402 }, 'authorization'],
    [429, { detail: 'Request was throttled. Your rate limit resets in ~7s.', status: 429 }, 'rate-limit'],
    [503, { detail: 'Service unavailable', status: 503 }, 'server-unavailable'],
    [422, { title: 'Input validation failed', detail: '- input.prompt: the prompt is too long', status: 422 }, 'context-length'],
    [422, { title: 'Input validation failed', detail: '- input.top_p: must be at most 1', status: 422 }, 'bad-request'],
  ])('tells %i %j as %s, without the key', async (status, body, kind) => {
    play({ refusal: { status, headers: { 'retry-after': '7' }, body } })
    const error = { name: 'ProviderError', kind, status, message: expect.not.stringContaining(KEY) }
    await expect(collectEvents(stream())).rejects.toMatchObject(error)
    await expect(clientOf(subject, { baseUrl, apiKey: KEY, egress }).validate(new AbortController().signal)).rejects.toMatchObject({ kind })
  })

  it.each([
    ['fails', event('output', 'Hel') + event('error', '{"detail":"The model crashed."}'), 'server-unavailable'],
    ['refuses', event('error', '{"detail":"The input was flagged as sensitive."}'), 'content-refused'],
    ['is canceled there', event('done', '{"reason":"canceled"}'), 'server-unavailable'],
    ['says nothing', done, 'server-unavailable'],
    ['breaks off', event('output', 'Hel'), 'connection'],
  ])('tells a prediction that %s', async (_what, body, kind) => {
    play({ stream: (response) => response.end(body) })
    await expect(collectEvents(stream())).rejects.toMatchObject({ name: 'ProviderError', kind })
  })

  it('tells a connection that is cut', async () => {
    play({ stream: (response) => response.write(event('output', 'Hel'), () => response.destroy()) })
    await expect(collectEvents(stream())).rejects.toMatchObject({ name: 'ProviderError', kind: 'connection' })
  })

  it('tries a key by its account', async () => {
    play({})
    await clientOf(subject, { baseUrl, apiKey: KEY, egress }).validate(new AbortController().signal)
    expect(seen.at(-1)?.path).toBe('/v1/account')
  })
})
