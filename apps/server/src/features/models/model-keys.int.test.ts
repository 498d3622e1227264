import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type FakeBehaviour, type FakeOpenai, startFakeOpenai } from '../../../../../tools/fake-openai/index.ts'
import { callerIn } from '../../testing/model-callers.ts'
import { describeModels, type ModelsServer } from '../../testing/models-server.ts'

const COMPATIBLE = 'current/model-providers/langgenius/openai_api_compatible/openai_api_compatible'
const CALL = { messages: [{ role: 'user', content: 'Hello' }], parameters: {} } as const
const MINE = { model: 'mine', model_type: 'llm' }

interface Key {
  readonly credential_id: string
  readonly credential_name: string
}

await describeModels('several keys of a model that was added', (started) => {
  let server: ModelsServer
  let provider: FakeOpenai
  let tenant: string
  const faults = new Map<string, FakeBehaviour['fault']>()

  beforeAll(async () => {
    server = started()
    provider = await startFakeOpenai({
      text: 'Good day',
      retry: 30,
      respond: ({ headers }) => ({ fault: faults.get(String(headers.authorization).replace('Bearer ', '')) }),
    })
  })
  afterAll(() => provider.close())
  beforeEach(async () => {
    faults.clear()
    tenant = await server.addWorkspace()
  })

  const keyOf = (name: string): string => `sk-${tenant}-${name}`
  const post = (path: string, body: object, method: 'POST' | 'PUT' | 'DELETE' = 'POST') =>
    server.send(tenant, method, `${COMPATIBLE}/${path}`, body)
  const credentialsOf = (name: string, more: object = {}) => ({ api_key: keyOf(name), endpoint_url: provider.url, ...more })
  const add = async (name: string, more: object = {}) =>
    post('models/credentials', { ...MINE, credentials: credentialsOf(name, more), name })
  const configuration = async () => {
    const { body } = await server.send(tenant, 'GET', 'current/model-providers')
    return body.data.find(({ provider: id }: { provider: string }) => id.endsWith('/openai_api_compatible')).custom_configuration
  }
  const model = async () => (await configuration()).custom_models[0]
  const idOf = async (name: string): Promise<string> => {
    const keys: readonly Key[] = (await model()).available_model_credentials
    return keys.find((key) => key.credential_name === name)?.credential_id ?? 'none'
  }
  const share = async (name: string, enabled = true) =>
    post('models/credentials/load-balancing', { ...MINE, credential_id: await idOf(name), enabled })
  const read = async (id?: string) =>
    (await server.send(tenant, 'GET', `${COMPATIBLE}/models/credentials?model=mine&model_type=llm${id ? `&credential_id=${id}` : ''}`)).body
  const ask = async (): Promise<string> => {
    const choice = { caller: callerIn(tenant), provider: 'openai_api_compatible', model: 'mine' }
    let text = ''
    for await (const event of (await server.models.gateway.resolveLanguageModel(choice)).stream(CALL, new AbortController().signal)) {
      if (event.type === 'text-delta') text += event.text
    }
    return text
  }
  /** By which keys it was asked, without the trials that came before a key was kept. */
  const asking = async (times: number): Promise<readonly string[]> => {
    const before = provider.requests.length
    for (let time = 0; time < times; time++) expect(await ask()).toBe('Good day')
    return provider.requests.slice(before).map(({ headers }) => String(headers.authorization).split('-').at(-1) ?? '')
  }

  it('are added beside the first, which stays the one in use', async () => {
    expect(await add('one')).toMatchObject({ status: 201, body: { result: 'success', is_new_model: true } })
    expect(await add('two')).toMatchObject({ status: 201, body: { result: 'success', is_new_model: false } })
    expect((await configuration()).custom_models).toHaveLength(1)
    expect(await model()).toMatchObject({
      model: 'mine',
      current_credential_name: 'one',
      available_model_credentials: [
        { credential_name: 'one', shares_load: false, resting: null },
        { credential_name: 'two', shares_load: false, resting: null },
      ],
    })
    expect(await asking(2)).toEqual(['one', 'one'])
  })

  it('have names of their own', async () => {
    await post('models/credentials', { ...MINE, credentials: credentialsOf('one') })
    await post('models/credentials', { ...MINE, credentials: credentialsOf('two') })
    expect((await model()).available_model_credentials.map((key: Key) => key.credential_name)).toEqual(['Key 1', 'Key 2'])
    const taken = await post('models/credentials', { ...MINE, credentials: credentialsOf('three'), name: 'Key 2' })
    expect(taken).toMatchObject({ status: 400, body: { details: { reason: 'credentials_name_taken', values: { name: 'Key 2' } } } })
    const renamed = { ...MINE, credential_id: await idOf('Key 2'), credentials: (await read(await idOf('Key 2'))).credentials }
    expect((await post('models/credentials', { ...renamed, name: 'Key 1' }, 'PUT')).status).toBe(400)
    expect((await post('models/credentials', { ...renamed, name: 'Second account' }, 'PUT')).status).toBe(200)
    expect((await model()).available_model_credentials[1].credential_name).toBe('Second account')
  })

  it('share the load in turn, and no longer', async () => {
    await add('one')
    await add('two')
    expect(await share('two')).toMatchObject({ status: 200, body: { result: 'success' } })
    expect([...(await asking(4))].sort()).toEqual(['one', 'one', 'two', 'two'])
    const { data } = (await server.send(tenant, 'GET', `${COMPATIBLE}/models`)).body
    expect(data[0]).toMatchObject({ model: 'mine', load_balancing_enabled: true })
    await share('two', false)
    expect(await asking(2)).toEqual(['one', 'one'])
  })

  it('go on at once for one that is refused, which rests and is shown resting', async () => {
    await add('one')
    await add('two')
    await share('two')
    faults.set(keyOf('one'), 'rate-limit')
    expect(await asking(3)).toEqual(['one', 'two', 'two', 'two'])
    const [one, two] = (await model()).available_model_credentials
    expect(one).toMatchObject({ credential_name: 'one', resting: { reason: 'rate-limit', until: expect.any(Number) } })
    expect(two).toMatchObject({ credential_name: 'two', shares_load: true, resting: null })
    const { load_balancing } = await read()
    expect(load_balancing.configs[0]).toMatchObject({ name: 'one', in_cooldown: true, ttl: expect.any(Number) })
    expect(load_balancing.configs[0].ttl).toBeGreaterThan(0)
    expect(load_balancing.configs[1]).toMatchObject({ name: 'two', in_cooldown: false, ttl: 0 })
  })

  it('are chosen, changed and read one by one', async () => {
    await add('one', { context_size: '9000' })
    await add('two', { context_size: '12000' })
    const describeMine = () =>
      server.models.gateway.describeModel({ tenantId: tenant, provider: 'openai_api_compatible', model: 'mine', type: 'llm' })
    expect((await describeMine())?.contextSize).toBe(9000)
    expect((await post('models/credentials/switch', { ...MINE, credential_id: await idOf('two') })).status).toBe(200)
    expect((await describeMine())?.contextSize).toBe(12_000)
    expect(await asking(1)).toEqual(['two'])
    expect(await read()).toMatchObject({ current_credential_name: 'two', credentials: { context_size: '12000' } })
    const one = await read(await idOf('one'))
    expect(one).toMatchObject({ current_credential_name: 'one', credentials: { context_size: '9000' } })
    const change = { ...MINE, credential_id: await idOf('one'), credentials: { ...one.credentials, context_size: '16000' } }
    expect((await post('models/credentials', change, 'PUT')).status).toBe(200)
    expect(provider.requests.at(-1)?.headers.authorization).toBe(`Bearer ${keyOf('one')}`)
    expect((await describeMine())?.contextSize).toBe(12_000)
  })

  it('that shared the load go on sharing it when another one is used', async () => {
    await add('one')
    await add('two')
    await share('two')
    await post('models/credentials/switch', { ...MINE, credential_id: await idOf('two') })
    expect([...(await asking(4))].sort()).toEqual(['one', 'one', 'two', 'two'])
  })

  it('leave their model in its place when the oldest goes', async () => {
    await add('one')
    const other = { model: 'other', model_type: 'llm', credentials: credentialsOf('other') }
    await post('models/credentials', other)
    await add('two')
    await post('models/credentials', { ...MINE, credential_id: await idOf('one') }, 'DELETE')
    expect((await configuration()).custom_models.map((item: { model: string }) => item.model)).toEqual(['mine', 'other'])
    expect(await server.models.findDefaultChoice(tenant)).toMatchObject({ name: 'mine' })
  })

  it('are one after the other where they are added at once', async () => {
    const added = await Promise.all(
      ['one', 'two', 'three'].map((name) => post('models/credentials', { ...MINE, credentials: credentialsOf(name) })),
    )
    expect(added.map(({ status, body }) => [status, body.is_new_model]).sort()).toEqual([
      [201, false],
      [201, false],
      [201, true],
    ])
    const rows = await server.db.selectFrom('provider_models').selectAll().where('tenant_id', '=', tenant).execute()
    expect(rows.map((row) => row.credential_name).sort()).toEqual(['Key 1', 'Key 2', 'Key 3'])
    expect(rows.filter((row) => row.is_active === 1)).toHaveLength(1)
    const named = await Promise.all(
      ['a', 'b', 'c'].map((name) => post('models/credentials', { ...MINE, credentials: credentialsOf(name), name: 'same' })),
    )
    expect(named.map(({ status }) => status).sort()).toEqual([201, 400, 400])
  })

  it('are used one at a time where two are chosen at once', async () => {
    await add('one')
    await add('two')
    await add('three')
    const ids = [await idOf('two'), await idOf('three')]
    const chosen = await Promise.all(ids.map((credential_id) => post('models/credentials/switch', { ...MINE, credential_id })))
    expect(chosen.map(({ status }) => status)).toEqual([200, 200])
    const rows = await server.db.selectFrom('provider_models').selectAll().where('tenant_id', '=', tenant).execute()
    expect(rows.filter((row) => row.is_active === 1)).toHaveLength(1)
  })

  it('are added in full: the mask of another one is no secret', async () => {
    await add('one')
    const { credentials } = await read()
    expect(await post('models/credentials', { ...MINE, credentials })).toMatchObject({ status: 400, body: { params: 'api_key' } })
  })

  it('are shown as they are stored, whoever changed them', async () => {
    await add('one')
    await add('two')
    const [one, two] = [await idOf('one'), await idOf('two')]
    await server.models.store.read(tenant)
    await server.db.updateTable('provider_models').set({ is_active: 0 }).where('id', '=', one).execute()
    await server.db.updateTable('provider_models').set({ is_active: 1 }).where('id', '=', two).execute()
    const shown = await read()
    expect(shown).toMatchObject({ current_credential_id: two, current_credential_name: 'two' })
    expect(shown.credentials.api_key).toBe((await read(two)).credentials.api_key)
  })

  it('go one by one, and the model with the last', async () => {
    await add('one')
    await add('two')
    const remove = async (name: string) => post('models/credentials', { ...MINE, credential_id: await idOf(name) }, 'DELETE')
    expect((await remove('one')).status).toBe(204)
    expect(await model()).toMatchObject({ current_credential_name: 'two', available_model_credentials: [{ credential_name: 'two' }] })
    expect(await asking(1)).toEqual(['two'])
    expect((await remove('two')).status).toBe(204)
    expect((await configuration()).custom_models).toEqual([])
  })

  it('go together with the model', async () => {
    await add('one')
    await add('two')
    expect((await post('models', MINE, 'DELETE')).status).toBe(204)
    expect((await configuration()).custom_models).toEqual([])
    expect(await server.db.selectFrom('provider_models').selectAll().where('tenant_id', '=', tenant).execute()).toEqual([])
  })

  it('are balanced by a list, as Dify’s console sends it', async () => {
    await add('one')
    await add('two')
    await add('three')
    const [one, two, three] = [await idOf('one'), await idOf('two'), await idOf('three')]
    const balance = (load_balancing: object) => post('models', { ...MINE, load_balancing, credential_id: two, config_from: 'custom-model' })
    const configs = [{ name: '__inherit__' }, { credential_id: three, enabled: true }, { id: one, enabled: false }]
    expect((await balance({ enabled: true, configs })).status).toBe(200)
    expect((await read()).load_balancing).toMatchObject({
      enabled: true,
      configs: [
        { name: 'one', credential_id: one, enabled: false, is_current: false },
        { name: 'two', credential_id: two, enabled: true, is_current: true },
        { name: 'three', credential_id: three, enabled: true, is_current: false },
      ],
    })
    expect([...(await asking(4))].sort()).toEqual(['three', 'three', 'two', 'two'])
    const stray = { ...MINE, load_balancing: { enabled: true, configs: [{ credential_id: 'none' }] }, credential_id: one }
    expect((await post('models', stray)).status).toBe(404)
    expect(await model()).toMatchObject({ current_credential_name: 'two' })
    const unkept = { enabled: true, configs: [{ name: 'new', credentials: credentialsOf('four') }] }
    expect(await balance(unkept)).toMatchObject({ status: 400, body: { code: 'invalid_param', params: 'load_balancing' } })
    expect((await balance({})).status).toBe(200)
    expect((await read()).load_balancing.enabled).toBe(true)
    expect((await balance({ enabled: false, configs })).status).toBe(200)
    expect((await read()).load_balancing.enabled).toBe(false)
  })

  it('are tried before they are kept, and again', async () => {
    await add('one')
    await add('two')
    faults.set(keyOf('bad'), 'unauthorized')
    const validate = (credentials: object, id = '') =>
      post(`models/load-balancing-configs${id}/credentials-validate`, { ...MINE, credentials })
    expect((await validate(credentialsOf('three'))).body).toMatchObject({ result: 'success' })
    expect((await validate(credentialsOf('bad'))).body).toMatchObject({ result: 'error', error: expect.any(String) })
    const two = await idOf('two')
    expect((await validate((await read(two)).credentials, `/${two}`)).body).toMatchObject({ result: 'success' })
    expect(provider.requests.at(-1)?.headers.authorization).toBe(`Bearer ${keyOf('two')}`)
    expect((await validate(credentialsOf('two'), '/none')).status).toBe(404)
  })

  it('are nobody else’s', async () => {
    await add('one')
    const credential_id = await idOf('one')
    tenant = await server.addWorkspace()
    await add('theirs')
    for (const path of ['models/credentials/switch', 'models/credentials/load-balancing']) {
      expect(await post(path, { ...MINE, credential_id, enabled: true })).toMatchObject({ status: 404, body: { code: 'not_found' } })
    }
    expect((await post('models/credentials', { ...MINE, credential_id }, 'DELETE')).status).toBe(404)
    const change = { ...MINE, credential_id, credentials: credentialsOf('theirs') }
    expect((await post('models/credentials', change, 'PUT')).status).toBe(404)
    expect((await post('models', { ...MINE, credential_id })).status).toBe(404)
    const whole = await server.db.selectFrom('provider_models').selectAll().where('id', '=', credential_id).executeTakeFirst()
    expect(whole).toMatchObject({ is_active: 1, shares_load: 0, credential_name: 'one' })
    expect((await read(credential_id)).code).toBe('not_found')
  })

  it('are called past one that cannot be opened any more', async () => {
    await add('one')
    await add('two')
    await share('two')
    await server.db
      .updateTable('provider_models')
      .set({ sealed: 'broken', updated_at: 1 })
      .where('id', '=', await idOf('one'))
      .execute()
    const another = await server.startAnother()
    const choice = { caller: callerIn(tenant), provider: 'openai_api_compatible', model: 'mine' }
    const before = provider.requests.length
    const stream = (await another.gateway.resolveLanguageModel(choice)).stream(CALL, new AbortController().signal)
    let text = ''
    for await (const event of stream) if (event.type === 'text-delta') text += event.text
    expect(text).toBe('Good day')
    expect(provider.requests.slice(before).map(({ headers }) => headers.authorization)).toEqual([`Bearer ${keyOf('two')}`])
  })
})
