import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FakeOpenai, startFakeOpenai } from '../../../../../tools/fake-openai/index.ts'
import { callerIn } from '../../testing/model-callers.ts'
import { describeModels, type ModelsServer } from '../../testing/models-server.ts'

const KEY = 'sk-test-0123456789-abcdef'
const OPENAI = 'current/model-providers/langgenius/openai/openai'
const COMPATIBLE = 'current/model-providers/langgenius/openai_api_compatible/openai_api_compatible'

interface Named {
  readonly provider: string
  readonly model: string
}

await describeModels('models of a workspace', (started) => {
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

  const addOpenai = () =>
    server.send(tenant, 'POST', `${OPENAI}/credentials`, { credentials: { openai_api_key: KEY, openai_api_base: provider.url } })
  const addOwn = (model: string, model_type = 'llm') =>
    server.send(tenant, 'POST', `${COMPATIBLE}/models/credentials`, {
      model,
      model_type,
      credentials: { api_key: KEY, endpoint_url: provider.url, context_size: '9000' },
    })
  const listType = async (type = 'llm') => (await server.send(tenant, 'GET', `current/models/model-types/${type}`)).body.data
  const defaultOf = async (type = 'llm') => (await server.send(tenant, 'GET', `current/default-model?model_type=${type}`)).body.data
  const setDefault = (named: Partial<Named>, model_type = 'llm') =>
    server.send(tenant, 'POST', 'current/default-model', { model_settings: [{ model_type, ...named }] })

  describe('by default', () => {
    it('are those of the demo, as long as there is nothing else', async () => {
      expect((await listType()).map((item: Named) => item.provider)).toEqual(['trellis/demo/demo'])
      expect(await server.models.findDefaultChoice(tenant)).toEqual({
        provider: 'trellis/demo/demo',
        name: 'demo-chat',
        mode: 'chat',
        completion_params: {},
      })
      expect(await defaultOf('text-embedding')).toMatchObject({ model: 'demo-embedding', provider: { provider: 'trellis/demo/demo' } })
      expect(await defaultOf('tts')).toBeNull()
    })

    it('are real ones as soon as there are any', async () => {
      await addOwn('mine')
      expect(await server.models.findDefaultChoice(tenant)).toMatchObject({ name: 'mine' })
      await addOpenai()
      expect(await defaultOf()).toMatchObject({ provider: { provider: 'langgenius/openai/openai' } })
    })

    it('are those that were chosen, as long as they can be called', async () => {
      await addOpenai()
      expect((await setDefault({ provider: 'demo', model: 'demo-chat' })).status).toBe(200)
      expect(await defaultOf()).toMatchObject({ model: 'demo-chat', model_type: 'llm' })
      expect((await setDefault({ provider: 'langgenius/openai/openai', model: 'gpt-5.6-luna' })).status).toBe(200)
      expect(await defaultOf()).toMatchObject({ model: 'gpt-5.6-luna' })
      await server.send(tenant, 'PATCH', `${OPENAI}/models/disable`, { model: 'gpt-5.6-luna', model_type: 'llm' })
      expect((await defaultOf()).model).not.toBe('gpt-5.6-luna')
    })

    it('cannot be what cannot be called', async () => {
      expect(await setDefault({ provider: 'openai', model: 'gpt-5.6' })).toMatchObject({
        status: 400,
        body: { code: 'provider_not_initialize' },
      })
      expect(await setDefault({ provider: 'demo', model: 'none' })).toMatchObject({ body: { code: 'model_currently_not_support' } })
      expect(await setDefault({ provider: 'demo' })).toMatchObject({ status: 400, body: { details: { reason: 'model_pair' } } })
      expect(await setDefault({})).toMatchObject({ status: 200 })
      expect(await defaultOf()).toMatchObject({ model: 'demo-chat' })
    })
  })

  describe('of one’s own', () => {
    it('are added, shown, called and removed', async () => {
      expect(await addOwn('mine')).toMatchObject({ status: 201, body: { result: 'success' } })
      const [own] = (await listType()).filter((item: Named) => item.provider.includes('openai_api_compatible'))
      expect(own).toMatchObject({
        status: 'active',
        models: [
          {
            model: 'mine',
            status: 'active',
            fetch_from: 'customizable-model',
            model_properties: { mode: 'chat', context_size: 9000 },
            deprecated: false,
          },
        ],
      })
      expect(await server.send(tenant, 'POST', `${COMPATIBLE}/models`, { model: 'mine', model_type: 'llm' })).toMatchObject({ status: 200 })
      const removal = await server.send(tenant, 'DELETE', `${COMPATIBLE}/models`, { model: 'mine', model_type: 'llm' })
      expect(removal.status).toBe(204)
      expect((await listType()).map((item: Named) => item.provider)).toEqual(['trellis/demo/demo'])
      expect((await server.send(tenant, 'DELETE', `${COMPATIBLE}/models`, { model: 'mine', model_type: 'llm' })).status).toBe(404)
    })

    it('have credentials that are sealed, masked and kept', async () => {
      await addOwn('mine')
      const rows = await server.db.selectFrom('provider_models').selectAll().where('tenant_id', '=', tenant).execute()
      expect(JSON.stringify(rows)).not.toContain(KEY)
      const path = `${COMPATIBLE}/models/credentials`
      const shown = (await server.send(tenant, 'GET', `${path}?model=mine&model_type=llm`)).body
      expect(shown).toMatchObject({
        credentials: { api_key: 'sk-tes************ef', endpoint_url: provider.url },
        current_credential_name: 'Key 1',
      })
      const credential_id = shown.current_credential_id
      const change = { model: 'mine', model_type: 'llm', credential_id, credentials: { ...shown.credentials, context_size: '12000' } }
      expect((await server.send(tenant, 'PUT', path, change)).status).toBe(200)
      expect(provider.requests.at(-1)?.headers.authorization).toBe(`Bearer ${KEY}`)
      const found = await server.models.gateway.describeModel({
        tenantId: tenant,
        provider: 'openai_api_compatible',
        model: 'mine',
        type: 'llm',
      })
      expect(found?.contextSize).toBe(12_000)
      const named = { model: 'mine', model_type: 'llm' }
      expect((await server.send(tenant, 'POST', `${path}/switch`, { ...named, credential_id })).status).toBe(200)
      expect((await server.send(tenant, 'POST', `${path}/switch`, { ...named, credential_id: 'other' })).status).toBe(404)
      expect((await server.send(tenant, 'POST', `${path}/validate`, { ...named, credentials: shown.credentials })).body).toMatchObject({
        result: 'success',
      })
      expect((await server.send(tenant, 'DELETE', path, { ...named, credential_id })).status).toBe(204)
    })

    it('are refused with a bad key, of a kind that there is not, and where none are taken', async () => {
      expect(await addOwn('other', 'moderation')).toMatchObject({
        status: 400,
        body: { params: 'model_type', details: { reason: 'model_kind' } },
      })
      const add = (path: string, credentials: object) =>
        server.send(tenant, 'POST', `${path}/models/credentials`, { model: 'other', model_type: 'llm', credentials })
      expect((await add(COMPATIBLE, { api_key: 'no', endpoint_url: provider.url })).body.message).toContain('Incorrect API key')
      expect(await add(COMPATIBLE, {})).toMatchObject({ body: { code: 'invalid_param', params: 'endpoint_url' } })
      const ofCatalogue = { params: 'provider', details: { reason: 'models_of_catalogue' } }
      expect(await add('current/model-providers/anthropic', {})).toMatchObject({ body: ofCatalogue })
    })

    it('cost what their form says, and nobody knows what where it says nothing', async () => {
      const isPriced = async () => (await server.send(tenant, 'GET', `${COMPATIBLE}/models`)).body.data[0].is_priced
      await addOwn('mine')
      expect(await isPriced()).toBe(false)
      const path = `${COMPATIBLE}/models/credentials`
      const { credentials, current_credential_id: credential_id } = (await server.send(tenant, 'GET', `${path}?model=mine&model_type=llm`))
        .body
      const change = (prices: object) =>
        server.send(tenant, 'PUT', path, { model: 'mine', model_type: 'llm', credential_id, credentials: { ...credentials, ...prices } })
      expect(await change({ input_price: '0,15' })).toMatchObject({ status: 400, body: { code: 'invalid_param', params: 'input_price' } })
      const half = { status: 400, body: { params: 'output_price', details: { reason: 'price_half' } } }
      expect(await change({ input_price: '2' })).toMatchObject(half)
      expect((await change({ input_price: '2', output_price: '8' })).status).toBe(200)
      expect(await isPriced()).toBe(true)
      const asked = { provider: 'openai_api_compatible', model: 'mine', system: '', prompt: 'Hello', parameters: {} }
      // 2 tokens of the prompt and 20 of the answer.
      expect((await server.stream(tenant, 'current/models/try', asked)).text).toContain('0.000164')
    })

    it('show their address to administrators only', async () => {
      await addOwn('mine')
      const shownTo = async (role: 'admin' | 'normal') => {
        const { body, text } = await server.send(tenant, 'GET', 'current/model-providers', undefined, role)
        expect(text).not.toContain(KEY)
        return body.data.find((item: Named) => item.provider.includes('openai_api_compatible')).custom_configuration.custom_models[0]
          .credentials
      }
      expect(await shownTo('admin')).toMatchObject({ endpoint_url: provider.url })
      expect(await shownTo('normal')).toBeNull()
    })

    it('take the place of the catalogue’s of the same name', async () => {
      await addOpenai()
      const credentials = { openai_api_key: KEY, openai_api_base: provider.url }
      await server.send(tenant, 'POST', `${OPENAI}/models/credentials`, { model: 'gpt-5.6', model_type: 'llm', credentials })
      const { data } = (await server.send(tenant, 'GET', `${OPENAI}/models`)).body
      const same = data.filter((item: Named) => item.model === 'gpt-5.6')
      expect(same).toHaveLength(1)
      expect(same[0]).toMatchObject({
        fetch_from: 'customizable-model',
        provider: { provider: 'langgenius/openai/openai', tenant_id: tenant },
      })
    })
  })

  it('are switched off and on', async () => {
    const demo = 'current/model-providers/demo'
    const named = { model: 'demo-chat', model_type: 'llm' }
    const statusOf = async () =>
      (await server.send(tenant, 'GET', `${demo}/models`)).body.data.find((item: Named) => item.model === 'demo-chat').status
    expect((await server.send(tenant, 'PATCH', `${demo}/models/disable`, named)).status).toBe(200)
    expect(await statusOf()).toBe('disabled')
    expect(await listType()).toEqual([])
    await expect(
      server.models.gateway.resolveLanguageModel({ caller: callerIn(tenant), provider: 'demo', model: 'demo-chat' }),
    ).rejects.toMatchObject({
      code: 'model_currently_not_support',
    })
    expect((await server.send(tenant, 'PATCH', `${demo}/models/enable`, named)).status).toBe(200)
    expect(await statusOf()).toBe('active')
    expect((await server.send(tenant, 'PATCH', `${demo}/models/disable`, { model: 'none', model_type: 'llm' })).status).toBe(404)
  })

  it('tell their parameters', async () => {
    const { data } = (await server.send(tenant, 'GET', 'current/model-providers/demo/models/parameter-rules?model=demo-chat')).body
    expect(data[0]).toEqual({
      name: 'max_tokens',
      use_template: 'max_tokens',
      label: expect.objectContaining({ en_US: expect.any(String) }),
      type: 'int',
      help: expect.anything(),
      required: false,
      default: 1000,
      min: 1,
      max: 4000,
      precision: 0,
      options: [],
    })
    expect((await server.send(tenant, 'GET', `${OPENAI}/models/parameter-rules?model=none`)).status).toBe(404)
  })
})

await describeModels('providers', (started) => {
  let server: ModelsServer
  let tenant: string

  beforeAll(async () => {
    server = started()
    tenant = await server.addWorkspace()
  })

  it('are listed whole', async () => {
    const { body } = await server.send(tenant, 'GET', 'current/model-providers', undefined, 'normal')
    const openai = body.data.find((item: Named) => item.provider === 'langgenius/openai/openai')
    expect(openai).toMatchObject({
      tenant_id: tenant,
      label: { en_US: 'OpenAI' },
      background: null,
      configurate_methods: ['predefined-model', 'customizable-model'],
      preferred_provider_type: 'custom',
      system_configuration: { enabled: false, current_quota_type: null, quota_configurations: [] },
      custom_configuration: {
        status: 'no-configure',
        current_credential_id: null,
        available_credentials: [],
        custom_models: [],
        can_added_models: [],
      },
    })
    expect(openai.provider_credential_schema.credential_form_schemas[0]).toEqual({
      variable: 'openai_api_key',
      label: { en_US: 'API key', zh_Hans: 'API 密钥' },
      type: 'secret-input',
      required: true,
      default: null,
      options: null,
      placeholder: { en_US: 'sk-…' },
      help: null,
      max_length: null,
      show_on: [],
    })
    expect(openai.model_credential_schema.model.label.en_US).toBe('Model name')
    const demo = body.data.find((item: Named) => item.provider === 'trellis/demo/demo')
    expect(demo).toMatchObject({
      provider_credential_schema: null,
      model_credential_schema: null,
      custom_configuration: { status: 'active' },
    })
  })

  it('are listed by what they can do', async () => {
    const { body } = await server.send(tenant, 'GET', 'current/model-providers?model_type=moderation')
    expect(body.data.map((item: Named) => item.provider)).toContain('langgenius/openai/openai')
    expect(body.data.map((item: Named) => item.provider)).not.toContain('langgenius/anthropic/anthropic')
    expect((await server.send(tenant, 'GET', 'current/model-providers?model_type=poetry')).status).toBe(400)
  })

  it('have icons at the addresses that they tell', async () => {
    const { body } = await server.send(tenant, 'GET', 'current/model-providers')
    for (const { icon_small, icon_small_dark } of body.data) {
      for (const url of [icon_small, icon_small_dark].flatMap((icon) => (icon ? [icon.en_US] : []))) {
        const icon = await server.send(tenant, 'GET', url.replace('/console/api/workspaces/', ''))
        expect(icon.status).toBe(200)
        expect(icon.headers).toMatchObject({ 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=604800' })
        expect(icon.text).toMatch(/^<svg /)
      }
    }
    expect((await server.send(tenant, 'GET', `${tenant}/model-providers/none/icon_small/en_US`)).status).toBe(404)
  })

  it('use one’s own credentials, there being no others', async () => {
    const choose = (preferred_provider_type: string) =>
      server.send(tenant, 'POST', `${OPENAI}/preferred-provider-type`, { preferred_provider_type })
    expect((await choose('custom')).status).toBe(200)
    expect(await choose('system')).toMatchObject({ status: 400, body: { code: 'invalid_param' } })
  })
})
