import type { ModelEvent } from '@trellis/spec'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeOpenai, startFakeOpenai } from '../../../../../tools/fake-openai/index.ts'
import { callerIn } from '../../testing/model-callers.ts'
import { type ModelsServer, startModelsServer } from '../../testing/models-server.ts'
import type { ResolvedLanguageModel } from './gateway-types.ts'

const KEY = 'sk-test-0123456789-abcdef'
const PROVIDER = 'langgenius/openai_api_compatible/openai_api_compatible'
const CALL = { messages: [{ role: 'user', content: 'Hello' }], parameters: {} } as const

describe('the gateway', () => {
  let server: ModelsServer
  let provider: FakeOpenai
  let tenantId: string

  beforeAll(async () => {
    server = await startModelsServer()
    // A model is tried when it is added: that call goes well, whatever its name says.
    provider = await startFakeOpenai({
      apiKey: KEY,
      text: 'Good day',
      retry: 0,
      respond: (request) => (isTrial(request) ? { fault: undefined, text: 'pong' } : {}),
    })
    tenantId = await server.addWorkspace()
  })
  afterAll(async () => {
    await server.close()
    await provider.close()
  })

  const addOpenai = async (tenantId: string, openai_api_base: string): Promise<void> => {
    const credentials = { openai_api_key: KEY, openai_api_base }
    const { status } = await server.send(tenantId, 'POST', 'current/model-providers/openai/credentials', { credentials })
    expect(status).toBe(201)
  }
  /** A model whose name tells the fake provider what to do. */
  const resolve = async (model: string, caller = callerIn(tenantId)): Promise<ResolvedLanguageModel> => {
    const credentials = { api_key: KEY, endpoint_url: provider.url }
    await server.send(tenantId, 'POST', `current/model-providers/${PROVIDER}/models/credentials`, { model, model_type: 'llm', credentials })
    return server.models.gateway.resolveLanguageModel({ caller, provider: PROVIDER, model })
  }
  const run = async (model: ResolvedLanguageModel, signal = new AbortController().signal) => {
    const events: ModelEvent[] = []
    const failure = await (async () => {
      for await (const event of model.stream(CALL, signal)) events.push(event)
    })().catch((error: unknown) => error)
    return { events, failure, text: events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('') }
  }
  const isTrial = (request: { readonly body: unknown }): boolean => JSON.stringify(request.body ?? '').includes('"ping"')
  const requestsFor = (model: string): number => provider.requests.filter((request) => request.model === model && !isTrial(request)).length

  it('streams an answer and tells of it', async () => {
    const { text, events } = await run(await resolve('fake'))
    expect(text).toBe('Good day')
    expect(events.at(-1)).toMatchObject({ type: 'finish', reason: 'stop' })
    expect(server.calls.at(-1)).toMatchObject({
      provider: 'openai_api_compatible',
      outcome: 'succeeded',
      completionTokens: expect.any(Number),
    })
  })

  it.each(['unavailable', 'rate-limit'])('tries again after %s', async (fault) => {
    // Of three calls the trial is the first.
    const model = `fake-fault=${fault}-times=2`
    const { text, failure } = await run(await resolve(model))
    expect(failure).toBeUndefined()
    expect(text).toBe('Good day')
    expect(requestsFor(model)).toBe(2)
  })

  it('says nothing twice: what breaks off after the first word stays broken off', async () => {
    const model = 'fake-fault=cut-short-after=1'
    const { text, failure } = await run(await resolve(model))
    expect('Good day'.startsWith(text) && text !== '').toBe(true)
    expect(failure).toMatchObject({ code: 'completion_request_error', message: expect.stringContaining('broke off') })
    expect(requestsFor(model)).toBe(1)
    expect(server.calls.at(-1)).toMatchObject({ outcome: 'connection' })
  })

  it.each([
    ['unauthorized', /refused the credentials: .*Incorrect API key/],
    [
      'context-length',
      /too long for this model: .* \(Its context size is set to 4096 tokens: change it .* in Settings → Model providers\.\)$/,
    ],
    ['prompt-filter', /refused the content/],
  ])('reports %s at once, in the provider’s own words', async (fault, message) => {
    const model = `fake-fault=${fault}`
    const { failure } = await run(await resolve(model))
    expect(failure).toMatchObject({ code: 'completion_request_error', message: expect.stringMatching(message) })
    expect(String(failure)).not.toContain(KEY)
    expect(requestsFor(model)).toBe(1)
  })

  it('tells only accounts where the context size is changed: programs and visitors could not', async () => {
    const visitor = { ...callerIn(tenantId), accountId: null, endUserId: '00000000-0000-7000-8000-000000000002' }
    const { failure } = await run(await resolve('fake-fault=context-length', visitor))
    expect(failure).toMatchObject({ message: expect.stringMatching(/too long for this model: /) })
    expect(String(failure)).not.toContain('Settings')
  })

  it('ends with the caller’s reason when it is stopped', async () => {
    const controller = new AbortController()
    const model = await resolve('fake-tokens=1000-rate=50')
    const seen: string[] = []
    const stopped = (async () => {
      for await (const event of model.stream(CALL, controller.signal)) {
        seen.push(event.type)
        controller.abort(new TypeError('enough'))
      }
    })()
    await expect(stopped).rejects.toThrow('enough')
    expect(seen).toContain('text-delta')
    expect(server.calls.at(-1)).toMatchObject({ outcome: 'aborted' })
  })

  it('does not go on waiting for another try when it is stopped', async () => {
    const model = 'fake-fault=unavailable'
    const resolved = await resolve(model)
    const controller = new AbortController()
    provider.setDefaults({ retry: 5 })
    const running = run(resolved, controller.signal)
    await expect.poll(() => requestsFor(model)).toBe(1)
    controller.abort(new TypeError('enough'))
    expect((await running).failure).toMatchObject({ message: 'enough' })
    expect(requestsFor(model)).toBe(1)
    provider.setDefaults({ text: 'Good day', retry: 0 })
  })

  it('prices what was used', async () => {
    const tenantId = await server.addWorkspace()
    await addOpenai(tenantId, provider.url)
    const model = await server.models.gateway.resolveLanguageModel({
      caller: callerIn(tenantId),
      provider: 'openai',
      model: 'gpt-5.6-luna',
    })
    const usage = model.usageOf({ promptTokens: 1_000, completionTokens: 500 }, { latencyMs: 900, firstTokenMs: 200 })
    // $0.20 and $1.20 a million tokens.
    expect(usage).toMatchObject({ totalTokens: 1_500, promptPriceNano: 200_000, completionPriceNano: 600_000, totalPriceNano: 800_000 })
    expect(usage).toMatchObject({ currency: 'USD', latencyMs: 900, firstTokenMs: 200 })
  })

  it('embeds and ranks through the same door', async () => {
    const embedding = await server.models.gateway.resolveEmbeddingModel({
      caller: callerIn(tenantId),
      provider: 'demo',
      model: 'demo-embedding',
    })
    const { signal } = new AbortController()
    expect((await embedding.embed(['one', 'two'], 'document', signal)).vectors).toHaveLength(2)
    const rerank = await server.models.gateway.resolveRerankModel({ caller: callerIn(tenantId), provider: 'demo', model: 'demo-rerank' })
    expect((await rerank.rerank('two', ['one', 'two'], 1, signal))[0]?.index).toBe(1)
  })

  it('answers for what cannot be called', async () => {
    const { gateway } = server.models
    const ask = (provider: string, model: string) => gateway.resolveLanguageModel({ caller: callerIn(tenantId), provider, model })
    await expect(ask('anthropic', 'claude-haiku-4-5')).rejects.toMatchObject({ code: 'provider_not_initialize' })
    await expect(ask('demo', 'none')).rejects.toMatchObject({ code: 'model_currently_not_support' })
    await expect(ask('nobody', 'none')).rejects.toMatchObject({ code: 'model_currently_not_support' })
  })

  it('has the demo ready for a new workspace', async () => {
    const found = await server.models.gateway.findDefaultLanguageModel(callerIn(await server.addWorkspace()))
    expect(found).toMatchObject({ provider: 'trellis/demo/demo', model: 'demo-chat' })
  })
})
