import type { Credentials, EgressRequest, ModelEvent, ProviderDefinition } from '@trellis/spec'
import { describe, expect, it } from 'vitest'
import { azureOpenaiProvider } from '../azure-openai/index.ts'
import { collectEvents, textIn } from '../conformance/model-events.ts'
import { openaiProvider } from '../openai/index.ts'
import { createFakeEgress } from './fake-egress.ts'
import { openaiCompatibleProviders } from './index.ts'

const signal = new AbortController().signal
const KEY = 'sk-0123456789'
const STREAM = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: 'Hi' }, finish_reason: 'stop' }] })}\n\ndata: [DONE]\n\n`
const EMBEDDING = JSON.stringify({ data: [{ index: 0, embedding: [0.5] }] })
const LIST = JSON.stringify({ data: [{ id: 'some-model' }] })

const providers = [openaiProvider, azureOpenaiProvider, ...openaiCompatibleProviders]
const providerOf = (id: string): ProviderDefinition => {
  const found = providers.find((provider) => provider.id === id)
  if (found === undefined) throw new TypeError(`no provider ${id}`)
  return found
}

async function chat(id: string, credentials: Credentials, options: { readonly model?: string; readonly parameters?: object } = {}) {
  const egress = createFakeEgress(() => ({ body: STREAM }))
  const model = providerOf(id)
    .createClient(credentials, { egress })
    .languageModel?.(options.model ?? 'some-model')
  if (model === undefined) throw new TypeError(`${id} has no language model`)
  const parameters = { max_tokens: 5, ...options.parameters }
  const events: readonly ModelEvent[] = await collectEvents(
    model.stream({ messages: [{ role: 'user', content: 'Hello' }], parameters, user: 'u1' }, signal),
  )
  const [request] = egress.requests
  if (request === undefined) throw new TypeError('nothing was sent')
  return { text: textIn(events), request, body: JSON.parse(String(request.body)) as Record<string, unknown> }
}

describe('a chat goes to', () => {
  it.each<[string, Credentials, string]>([
    ['openai', { openai_api_key: KEY }, 'https://api.openai.com/v1/chat/completions'],
    ['openai', { openai_api_key: KEY, openai_api_base: 'https://proxy.test' }, 'https://proxy.test/v1/chat/completions'],
    ['openai', { openai_api_key: KEY, openai_api_base: ' https://proxy.test/v1/ ' }, 'https://proxy.test/v1/chat/completions'],
    ['deepseek', { api_key: KEY }, 'https://api.deepseek.com/chat/completions'],
    ['groq', { api_key: KEY }, 'https://api.groq.com/openai/v1/chat/completions'],
    ['openrouter', { api_key: KEY }, 'https://openrouter.ai/api/v1/chat/completions'],
    ['togetherai', { api_key: KEY }, 'https://api.together.xyz/v1/chat/completions'],
    ['fireworks', { fireworks_api_key: KEY }, 'https://api.fireworks.ai/inference/v1/chat/completions'],
    ['mistralai', { api_key: KEY }, 'https://api.mistral.ai/v1/chat/completions'],
    ['x', { api_key: KEY, endpoint_url: 'https://api.x.ai' }, 'https://api.x.ai/v1/chat/completions'],
    ['moonshot', { api_key: KEY }, 'https://api.moonshot.cn/v1/chat/completions'],
    ['tongyi', { dashscope_api_key: KEY }, 'https://dashscope.aliyuncs.com/compatible-mode/v1/chat/completions'],
    [
      'tongyi',
      { dashscope_api_key: KEY, use_international_endpoint: 'true' },
      'https://dashscope-intl.aliyuncs.com/compatible-mode/v1/chat/completions',
    ],
    ['zhipuai', { api_key: KEY }, 'https://open.bigmodel.cn/api/paas/v4/chat/completions'],
    ['siliconflow', { api_key: KEY }, 'https://api.siliconflow.cn/v1/chat/completions'],
    ['minimax', { minimax_api_key: KEY }, 'https://api.minimax.io/v1/chat/completions'],
    ['minimax', { minimax_api_key: KEY, endpoint_url: 'https://api.minimaxi.com/v1' }, 'https://api.minimaxi.com/v1/chat/completions'],
    ['volcengine_maas', { ark_api_key: KEY }, 'https://ark.cn-beijing.volces.com/api/v3/chat/completions'],
    ['nvidia', { api_key: KEY }, 'https://integrate.api.nvidia.com/v1/chat/completions'],
    ['perplexity', { api_key: KEY }, 'https://api.perplexity.ai/chat/completions'],
    ['huggingface_hub', { huggingfacehub_api_token: KEY }, 'https://router.huggingface.co/v1/chat/completions'],
    ['lmstudio', { base_url: 'http://localhost:1234', api_key: KEY }, 'http://localhost:1234/v1/chat/completions'],
    ['vllm', { endpoint_url: 'http://gpu:8000/v1', api_key: KEY }, 'http://gpu:8000/v1/chat/completions'],
    ['xinference', { server_url: 'http://gpu:9997', model_uid: 'uid-1', api_key: KEY }, 'http://gpu:9997/v1/chat/completions'],
    ['ollama', { base_url: 'http://localhost:11434/', api_key: KEY }, 'http://localhost:11434/v1/chat/completions'],
    ['ollama', { base_url: 'http://localhost:11434/v1', api_key: KEY }, 'http://localhost:11434/v1/chat/completions'],
    ['openai_api_compatible', { endpoint_url: 'https://own.test/api', api_key: KEY }, 'https://own.test/api/chat/completions'],
  ])('%s %j', async (id, credentials, url) => {
    const { text, request } = await chat(id, credentials)
    expect(text).toBe('Hi')
    expect(request).toMatchObject({ url, method: 'POST', policy: 'model', headers: { authorization: `Bearer ${KEY}` } })
  })

  it('a deployment on Azure, by name and version', async () => {
    const credentials = { openai_api_base: 'https://r.openai.azure.com/', openai_api_key: KEY, openai_api_version: '2025-01-01-preview' }
    const { request } = await chat('azure_openai', credentials, { model: 'my gpt' })
    expect(request.url).toBe('https://r.openai.azure.com/openai/deployments/my%20gpt/chat/completions?api-version=2025-01-01-preview')
    expect(request.headers).toMatchObject({ 'api-key': KEY })
    expect(request.headers).not.toHaveProperty('authorization')
  })

  it("Azure's newer address like OpenAI's own", async () => {
    const { request } = await chat('azure_openai', { openai_api_base: 'https://r.openai.azure.com/openai/v1', openai_api_key: KEY })
    expect(request.url).toBe('https://r.openai.azure.com/openai/v1/chat/completions')
  })

  it('a local server without a key', async () => {
    const { request } = await chat('ollama', { base_url: 'http://localhost:11434' })
    expect(request.headers).not.toHaveProperty('authorization')
  })
})

describe('the wire of', () => {
  it('OpenAI names the token limit as its reasoning models want it, and the organization', async () => {
    const { body, request } = await chat('openai', { openai_api_key: KEY, openai_organization: 'org-1' })
    expect(body).toMatchObject({
      model: 'some-model',
      max_completion_tokens: 5,
      user: 'u1',
      stream: true,
      stream_options: { include_usage: true },
    })
    expect(body).not.toHaveProperty('max_tokens')
    expect(request.headers).toMatchObject({ 'openai-organization': 'org-1' })
  })

  it('Mistral lacks what Mistral refuses', async () => {
    const { body } = await chat('mistralai', { api_key: KEY })
    expect(Object.keys(body).sort()).toEqual(['max_tokens', 'messages', 'model', 'stream'])
  })

  it('MiniMax asks for reasoning apart, and names the token limit its way', async () => {
    const { body } = await chat('minimax', { minimax_api_key: KEY })
    expect(body).toMatchObject({ reasoning_split: true, max_completion_tokens: 5 })
    expect(body).not.toHaveProperty('user')
  })

  it('Volcengine calls an endpoint by its id', async () => {
    expect((await chat('volcengine_maas', { ark_api_key: KEY, endpoint_id: 'ep-1' })).body).toMatchObject({ model: 'ep-1' })
  })

  it('DeepSeek and Zhipu switch thinking by an object', async () => {
    for (const id of ['deepseek', 'zhipuai']) {
      expect((await chat(id, { api_key: KEY }, { parameters: { thinking: true } })).body).toMatchObject({ thinking: { type: 'enabled' } })
    }
  })

  it('Xinference and custom servers names the model as they do', async () => {
    expect((await chat('xinference', { server_url: 'http://x:9997', model_uid: 'uid-1' })).body).toMatchObject({ model: 'uid-1' })
    const credentials = { endpoint_url: 'http://x/v1', endpoint_model_name: 'real' }
    expect((await chat('openai_api_compatible', credentials)).body).toMatchObject({ model: 'real' })
  })

  it('a custom server follows its form', async () => {
    const credentials = {
      endpoint_url: 'http://x/v1',
      token_param_name: 'max_completion_tokens',
      stream_include_usage: 'disabled',
      user_identity_support: 'no_support',
    }
    const { body } = await chat('openai_api_compatible', credentials)
    expect(Object.keys(body).sort()).toEqual(['max_completion_tokens', 'messages', 'model', 'stream'])
  })

  it('a completion model goes to /completions', async () => {
    const { request } = await chat('openai_api_compatible', { endpoint_url: 'http://x/v1', mode: 'completion' })
    expect(request.url).toBe('http://x/v1/completions')
  })
})

describe('validation', () => {
  const validate = (id: string, credentials: Credentials, answer: (request: EgressRequest) => { status?: number; body: string }) => {
    const egress = createFakeEgress(answer)
    return { egress, done: providerOf(id).createClient(credentials, { egress }).validate(signal) }
  }

  it.each<[string, Credentials, string, string]>([
    ['openai', { openai_api_key: KEY }, 'https://api.openai.com/v1/models', LIST],
    ['openrouter', { api_key: KEY }, 'https://openrouter.ai/api/v1/key', '{"data":{}}'],
    [
      'azure_openai',
      { openai_api_base: 'https://r.test', openai_api_key: KEY },
      'https://r.test/openai/models?api-version=2024-10-21',
      LIST,
    ],
    ['tongyi', { dashscope_api_key: KEY }, 'https://dashscope.aliyuncs.com/compatible-mode/v1/chat/completions', STREAM],
    ['huggingface_hub', { huggingfacehub_api_token: KEY }, 'https://huggingface.co/api/whoami-v2', '{"name":"somebody"}'],
    ['jina', { api_key: KEY }, 'https://api.jina.ai/v1/embeddings', EMBEDDING],
    ['voyage', { api_key: KEY }, 'https://api.voyageai.com/v1/embeddings', EMBEDDING],
    ['ollama', { base_url: 'http://localhost:11434' }, 'http://localhost:11434/api/tags', '{"models":[]}'],
  ])('of %s %j asks %s', async (id, credentials, url, body) => {
    const { egress, done } = validate(id, credentials, () => ({ body }))
    await done
    expect(egress.requests.map((request) => request.url)).toEqual([url])
  })

  it.each(providers.map((provider) => provider.id))('of %s tells a wrong key in the words of the provider', async (id) => {
    const credentials = Object.fromEntries(
      [...providerOf(id).credentialFields, ...providerOf(id).modelCredentialFields].map((field) => [
        field.variable,
        field.type === 'secret-input' ? KEY : /url|base/.test(field.variable) ? 'https://host.test/v1' : (field.default ?? ''),
      ]),
    )
    const answer = { status: 401, body: JSON.stringify({ error: { message: `Incorrect API key provided: ${KEY}` } }) }
    const { done } = validate(id, credentials, () => answer)
    await expect(done).rejects.toMatchObject({ kind: 'authorization', message: 'Incorrect API key provided: ***' })
  })

  it('of a custom server is content with one that has no list', async () => {
    await validate('openai_api_compatible', { endpoint_url: 'http://x/v1' }, () => ({ status: 404, body: 'not found' })).done
    const refused = validate('openai_api_compatible', { endpoint_url: 'http://x/v1' }, () => ({ status: 401, body: '' })).done
    await expect(refused).rejects.toMatchObject({ kind: 'authorization' })
  })

  it('names a missing address', () => {
    expect(() => validate('vllm', {}, () => ({ body: LIST }))).toThrow(/endpoint_url/)
  })
})

describe('the list of models', () => {
  it('comes from Ollama with their types', async () => {
    const body = JSON.stringify({
      models: [
        { name: 'qwen3:8b', details: { family: 'qwen3' } },
        { name: 'all-minilm:latest', details: { family: 'bert' } },
      ],
    })
    const client = providerOf('ollama').createClient({ base_url: 'http://localhost:11434' }, { egress: createFakeEgress(() => ({ body })) })
    expect(await client.listModels?.(signal)).toEqual([
      { model: 'qwen3:8b', type: 'llm' },
      { model: 'all-minilm:latest', type: 'text-embedding' },
    ])
  })
})

describe('a custom model', () => {
  it('is what its form says', () => {
    const described = providerOf('openai_api_compatible').describeCustomModel?.('m', 'llm', {
      display_name: 'Mine',
      context_size: '32000',
      max_tokens_to_sample: '2000',
      mode: 'chat',
      vision_support: 'support',
      function_calling_type: 'tool_call',
      stream_function_calling: 'not_supported',
      structured_output_support: 'supported',
    })
    expect(described).toMatchObject({
      label: { en_US: 'Mine' },
      contextSize: 32_000,
      maxOutputTokens: 2_000,
      mode: 'chat',
      features: ['tool-call', 'multi-tool-call', 'vision', 'structured-output'],
    })
    expect(described?.parameterRules.find((rule) => rule.name === 'max_tokens')).toMatchObject({ max: 2_000 })
  })

  it('has safe values where the form is empty or wrong', () => {
    const described = providerOf('ollama').describeCustomModel?.('m', 'llm', { context_size: 'many' })
    expect(described).toMatchObject({ contextSize: 4_096, features: [], mode: 'chat' })
  })

  it('on Azure is what its base is', () => {
    const described = azureOpenaiProvider.describeCustomModel?.('my-deployment', 'llm', { base_model_name: 'gpt-4o' })
    expect(described).toMatchObject({ model: 'my-deployment', label: { en_US: 'my-deployment' }, contextSize: 128_000 })
    expect(described?.pricing).toBeDefined()
  })

  it('on OpenAI is what it was tuned from, without its price', () => {
    const described = openaiProvider.describeCustomModel?.('ft:gpt-4o-mini-2024-07-18:acme::abc', 'llm', {})
    expect(described).toMatchObject({ model: 'ft:gpt-4o-mini-2024-07-18:acme::abc', contextSize: 128_000, maxOutputTokens: 16_384 })
    expect(described?.pricing).toBeUndefined()
  })
})
