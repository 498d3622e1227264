import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type FakeOpenai, startFakeOpenai } from '../../../../../tools/fake-openai/index.ts'
import { callerIn } from '../../testing/model-callers.ts'
import { describeModels, type ModelsServer } from '../../testing/models-server.ts'

const KEY = 'sk-test-0123456789-abcdef'
const OPENAI = 'current/model-providers/langgenius/openai/openai'

await describeModels('credentials of a provider', (started) => {
  let server: ModelsServer
  let provider: FakeOpenai
  let tenant: string

  beforeAll(async () => {
    server = started()
    provider = await startFakeOpenai({ apiKey: KEY })
  })
  afterAll(() => provider.close())
  beforeEach(async () => {
    tenant = await server.addWorkspace()
  })

  const good = () => ({ openai_api_key: KEY, openai_api_base: provider.url })
  const create = (name?: string) => server.send(tenant, 'POST', `${OPENAI}/credentials`, { credentials: good(), name })
  const configuration = async () => {
    const { body } = await server.send(tenant, 'GET', 'current/model-providers')
    return body.data.find((item: { provider: string }) => item.provider === 'langgenius/openai/openai').custom_configuration
  }
  const idOf = async (name: string): Promise<string> =>
    (await configuration()).available_credentials.find((item: { credential_name: string }) => item.credential_name === name).credential_id

  it('are checked, kept, and make the provider usable', async () => {
    expect((await configuration()).status).toBe('no-configure')
    expect(await create()).toMatchObject({ status: 201, body: { result: 'success' } })
    expect(await configuration()).toMatchObject({ status: 'active', current_credential_name: 'Key 1' })
    expect(provider.requests.at(-1)).toMatchObject({ method: 'GET', path: '/v1/models' })
    const resolved = await server.models.gateway.resolveLanguageModel({ caller: callerIn(tenant), provider: 'openai', model: 'gpt-5.6' })
    expect(resolved.provider).toBe('langgenius/openai/openai')
  })

  it('are found by the bare name of the provider too', async () => {
    await server.send(tenant, 'POST', 'current/model-providers/openai/credentials', { credentials: good() })
    expect((await server.send(tenant, 'GET', `${OPENAI}/credentials`)).body.credentials.openai_api_base).toBe(provider.url)
  })

  it('never lie in the database as they are, and never come back', async () => {
    await create()
    const rows = await server.db.selectFrom('provider_credentials').selectAll().where('tenant_id', '=', tenant).execute()
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain(KEY)
    const { text, body } = await server.send(tenant, 'GET', `${OPENAI}/credentials`)
    expect(text).not.toContain(KEY)
    expect(body.credentials).toEqual({ openai_api_key: 'sk-tes************ef', openai_api_base: provider.url })
  })

  it('are refused with the provider’s own reason, and nothing is kept', async () => {
    const credentials = { ...good(), openai_api_key: 'sk-wrong' }
    const { status, body } = await server.send(tenant, 'POST', `${OPENAI}/credentials`, { credentials })
    expect(status).toBe(400)
    expect(body.code).toBe('invalid_param')
    expect(body.message).toContain('Incorrect API key provided.')
    expect(body.message).not.toContain('sk-wrong')
    expect((await configuration()).available_credentials).toEqual([])
  })

  it('are refused where the form is not filled in, before anybody is asked', async () => {
    const asked = provider.requests.length
    const reply = await server.send(tenant, 'POST', `${OPENAI}/credentials`, { credentials: { openai_api_base: provider.url } })
    expect(reply).toMatchObject({ status: 400, body: { code: 'invalid_param', params: 'openai_api_key' } })
    expect(provider.requests).toHaveLength(asked)
  })

  it('are refused where nobody answers', async () => {
    const silent = await startFakeOpenai()
    await silent.close()
    const away = await server.send(tenant, 'POST', `${OPENAI}/credentials`, { credentials: { ...good(), openai_api_base: silent.url } })
    expect(away).toMatchObject({ status: 400, body: { code: 'invalid_param', message: expect.stringContaining('could not be reached') } })
  })

  it('can be tried without being kept', async () => {
    const ask = (credentials: object) => server.send(tenant, 'POST', `${OPENAI}/credentials/validate`, { credentials })
    expect((await ask(good())).body).toEqual({ result: 'success', error: null })
    expect((await ask({ ...good(), openai_api_key: 'no' })).body).toMatchObject({
      result: 'error',
      error: expect.stringContaining('Incorrect'),
    })
    expect((await ask({})).body).toMatchObject({ result: 'error', error: expect.stringContaining('is required') })
    expect((await configuration()).available_credentials).toEqual([])
  })

  it('keep a secret whose mask comes back, and can be renamed', async () => {
    await create()
    const { credentials } = (await server.send(tenant, 'GET', `${OPENAI}/credentials`)).body
    const change = { credential_id: await idOf('Key 1'), credentials: { ...credentials, openai_organization: 'org-1' }, name: 'Team' }
    expect((await server.send(tenant, 'PUT', `${OPENAI}/credentials`, change)).status).toBe(200)
    expect(await configuration()).toMatchObject({ current_credential_name: 'Team' })
    expect(provider.requests.at(-1)?.headers).toMatchObject({ authorization: `Bearer ${KEY}`, 'openai-organization': 'org-1' })
    expect((await server.models.store.read(tenant)).credentialsOf('openai')).toMatchObject({
      openai_api_key: KEY,
      openai_organization: 'org-1',
    })
  })

  it('may be several, of which one is in use', async () => {
    await create('First')
    await create('Second')
    expect(await create('Second')).toMatchObject({
      status: 400,
      body: { code: 'invalid_param', params: 'name', details: { reason: 'credentials_name_taken', values: { name: 'Second' } } },
    })
    expect(await configuration()).toMatchObject({ current_credential_name: 'First', available_credentials: [{}, {}] })
    await server.send(tenant, 'POST', `${OPENAI}/credentials/switch`, { credential_id: await idOf('Second') })
    expect(await configuration()).toMatchObject({ current_credential_name: 'Second' })
    expect((await server.send(tenant, 'DELETE', `${OPENAI}/credentials`, { credential_id: await idOf('Second') })).status).toBe(204)
    expect(await configuration()).toMatchObject({ status: 'active', current_credential_name: 'First' })
    await server.send(tenant, 'DELETE', `${OPENAI}/credentials`, { credential_id: await idOf('First') })
    expect(await configuration()).toMatchObject({ status: 'no-configure', current_credential_id: null })
    expect((await server.send(tenant, 'GET', `${OPENAI}/credentials`)).body).toEqual({ credentials: null })
  })

  it('are nobody else’s', async () => {
    await create()
    const credential_id = await idOf('Key 1')
    const stranger = await server.addWorkspace()
    const calls = [
      server.send(stranger, 'GET', `${OPENAI}/credentials?credential_id=${credential_id}`),
      server.send(stranger, 'PUT', `${OPENAI}/credentials`, { credential_id, credentials: good() }),
      server.send(stranger, 'DELETE', `${OPENAI}/credentials`, { credential_id }),
      server.send(stranger, 'POST', `${OPENAI}/credentials/switch`, { credential_id }),
      server.send(tenant, 'DELETE', 'current/model-providers/anthropic/credentials', { credential_id }),
    ]
    for (const reply of await Promise.all(calls)) expect(reply).toMatchObject({ status: 404, body: { code: 'not_found' } })
    expect((await server.send(stranger, 'GET', `${OPENAI}/credentials`)).body).toEqual({ credentials: null })
    expect((await configuration()).status).toBe('active')
  })

  it('are told to other processes when they change', async () => {
    const other = await server.startAnother()
    expect((await other.store.read(tenant)).credentialsOf('openai')).toBeUndefined()
    await create()
    expect((await other.store.read(tenant)).credentialsOf('openai')).toMatchObject({ openai_api_key: KEY })
  })

  it('that another SECRET_KEY sealed count as none, and leave the rest alone', async () => {
    await create()
    const other = await server.startAnother('another secret, as decent as the first')
    const models = await other.store.read(tenant)
    expect(models.credentialsOf('openai')).toBeUndefined()
    expect(models.credentialSets).toMatchObject([{ provider: 'openai', name: 'Key 1' }])
    expect(await other.findDefaultChoice(tenant)).toMatchObject({ name: 'demo-chat' })
  })

  it.each([
    ['current/model-providers/acme/openai/openai', 404, /no model provider acme\/openai\/openai/, undefined],
    ['current/model-providers/demo', 400, /needs no credentials/, { reason: 'credentials_none', values: { provider: 'Demo (offline)' } }],
    ['current/model-providers/ollama', 400, /with each model/, { reason: 'credentials_of_models', values: { provider: 'Ollama' } }],
  ])('have no place at %s', async (path, status, message, told) => {
    const reply = await server.send(tenant, 'POST', `${path}/credentials`, { credentials: good() })
    expect(reply.status).toBe(status)
    expect(reply.body.message).toMatch(message)
    expect(reply.body.details).toEqual(told)
  })
})
