import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FakeBehaviour, type FakeOpenai, startFakeOpenai } from '../../../../../tools/fake-openai/index.ts'
import { callerIn } from '../../testing/model-callers.ts'
import { type ModelsServer, startModelsServer } from '../../testing/models-server.ts'

const OPENAI = 'current/model-providers/langgenius/openai/openai'
const MODEL = 'gpt-5.6-luna'
const CALL = { messages: [{ role: 'user', content: 'Hello' }], parameters: {} } as const

describe('several keys of a provider', () => {
  let server: ModelsServer
  let provider: FakeOpenai
  let tenant: string
  /** What the provider does to calls with a key. */
  const faults = new Map<string, FakeBehaviour['fault']>()

  beforeAll(async () => {
    server = await startModelsServer()
    provider = await startFakeOpenai({
      text: 'Good day',
      retry: 30,
      respond: ({ headers }) => ({ fault: faults.get(String(headers.authorization).replace('Bearer ', '')) }),
    })
  })
  afterAll(async () => {
    await server.close()
    await provider.close()
  })
  beforeEach(async () => {
    faults.clear()
    tenant = await server.addWorkspace()
  })

  const add = async (name: string): Promise<void> => {
    const credentials = { openai_api_key: keyOf(name), openai_api_base: provider.url }
    expect((await server.send(tenant, 'POST', `${OPENAI}/credentials`, { credentials, name })).status).toBe(201)
  }
  const keyOf = (name: string): string => `sk-${tenant}-${name}`
  const configuration = async () => {
    const { body } = await server.send(tenant, 'GET', 'current/model-providers')
    return body.data.find((item: { provider: string }) => item.provider === 'langgenius/openai/openai').custom_configuration
  }
  const share = async (name: string, enabled = true) => {
    const sets: readonly { credential_id: string; credential_name: string }[] = (await configuration()).available_credentials
    const credential_id = sets.find((set) => set.credential_name === name)?.credential_id
    return server.send(tenant, 'POST', `${OPENAI}/credentials/load-balancing`, { credential_id, enabled })
  }
  const ask = async (): Promise<string> => {
    const model = await server.models.gateway.resolveLanguageModel({ caller: callerIn(tenant), provider: 'openai', model: MODEL })
    let text = ''
    for await (const event of model.stream(CALL, new AbortController().signal)) if (event.type === 'text-delta') text += event.text
    return text
  }
  const askedWith = (): readonly string[] =>
    provider.requests
      .filter((request) => request.model === MODEL && String(request.headers.authorization).includes(tenant))
      .map((request) => String(request.headers.authorization).split('-').at(-1) ?? '')

  it('wait for their turn unless they share the load', async () => {
    await add('one')
    await add('two')
    await ask()
    await ask()
    expect(askedWith()).toEqual(['one', 'one'])
    expect(await share('two')).toMatchObject({ status: 200, body: { result: 'success' } })
    await ask()
    await ask()
    expect(askedWith().slice(2).sort()).toEqual(['one', 'two'])
    const models = (await server.send(tenant, 'GET', `${OPENAI}/models`)).body.data
    expect(models[0]).toMatchObject({ load_balancing_enabled: true })
    await share('two', false)
    await ask()
    expect(askedWith().at(-1)).toBe('one')
  })

  it.each([
    ['rate-limit', 'rate-limit'],
    ['unauthorized', 'authorization'],
  ] as const)('go on at once for one that is answered %s, which rests and is shown resting', async (fault, reason) => {
    await add('one')
    await add('two')
    await share('two')
    faults.set(keyOf('one'), fault)
    expect([await ask(), await ask(), await ask()]).toEqual(['Good day', 'Good day', 'Good day'])
    expect(askedWith()).toEqual(['one', 'two', 'two', 'two'])
    const [one, two] = (await configuration()).available_credentials
    expect(one).toMatchObject({ credential_name: 'one', shares_load: false, resting: { reason, until: expect.any(Number) } })
    expect(two).toMatchObject({ credential_name: 'two', shares_load: true, resting: null })
  })

  it('take calls again when they are mended', async () => {
    await add('one')
    await add('two')
    await share('two')
    faults.set(keyOf('one'), 'unauthorized')
    await ask()
    faults.clear()
    const { available_credentials: sets } = await configuration()
    const credentials = { openai_api_key: keyOf('new'), openai_api_base: provider.url }
    await server.send(tenant, 'PUT', `${OPENAI}/credentials`, { credential_id: sets[0].credential_id, credentials })
    expect((await configuration()).available_credentials[0].resting).toBeNull()
    await ask()
    await ask()
    expect(askedWith().slice(-2).sort()).toEqual(['new', 'two'])
  })

  it('share the load of the catalogue’s models as Dify’s console sends it', async () => {
    await add('one')
    await add('two')
    const [, two] = (await configuration()).available_credentials
    const balance = (load_balancing: object) =>
      server.send(tenant, 'POST', `${OPENAI}/models`, { model: MODEL, model_type: 'llm', config_from: 'predefined-model', load_balancing })
    const listed = async () =>
      (await server.send(tenant, 'GET', `${OPENAI}/models/credentials?model=${MODEL}&model_type=llm`)).body.load_balancing
    const configs = [{ name: '__inherit__' }, { credential_id: two.credential_id, enabled: true }]
    expect((await balance({ enabled: true, configs })).status).toBe(200)
    expect(await listed()).toMatchObject({
      enabled: true,
      configs: [
        { name: 'one', is_current: true },
        { name: 'two', enabled: true },
      ],
    })
    expect((await balance({ enabled: true, configs: [{ credential_id: 'none' }] })).status).toBe(404)
    expect((await balance({ enabled: false })).status).toBe(200)
    expect(await listed()).toMatchObject({ enabled: false })
  })

  it('go on sharing the load when another one is used', async () => {
    await add('one')
    await add('two')
    await share('two')
    const [, two] = (await configuration()).available_credentials
    await server.send(tenant, 'POST', `${OPENAI}/credentials/switch`, { credential_id: two.credential_id })
    expect((await configuration()).available_credentials).toMatchObject([
      { credential_name: 'one', shares_load: true },
      { credential_name: 'two' },
    ])
  })

  it('fail together with the provider’s reason', async () => {
    await add('one')
    await add('two')
    await share('two')
    faults.set(keyOf('one'), 'unauthorized')
    faults.set(keyOf('two'), 'unauthorized')
    await expect(ask()).rejects.toMatchObject({
      code: 'completion_request_error',
      message: expect.stringContaining('refused the credentials'),
    })
    expect(askedWith()).toEqual(['one', 'two'])
  })

  it('embed in turn too', async () => {
    await add('one')
    await add('two')
    await share('two')
    faults.set(keyOf('one'), 'rate-limit')
    const choice = { caller: callerIn(tenant), provider: 'openai', model: 'text-embedding-3-small' }
    const embedding = await server.models.gateway.resolveEmbeddingModel(choice)
    expect((await embedding.embed(['one'], 'document', new AbortController().signal)).vectors).toHaveLength(1)
  })

  it('are nobody else’s to share', async () => {
    await add('one')
    expect((await share('none')).status).toBe(400)
    const [{ credential_id }] = (await configuration()).available_credentials
    const stranger = await server.addWorkspace()
    const reply = await server.send(stranger, 'POST', `${OPENAI}/credentials/load-balancing`, { credential_id, enabled: true })
    expect(reply).toMatchObject({ status: 404, body: { code: 'not_found' } })
  })
})
