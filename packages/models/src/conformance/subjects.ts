import type { Credentials, Egress, EgressRequest, LanguageModel, ProviderClient, ProviderDefinition } from '@trellis/spec'
import { providers } from '../registry.ts'
import type { LanguageModelSuite } from './describe-language-model.ts'

/** A provider under test: whose protocol it speaks, what its form is filled in with besides the key, and what it lacks. */
export interface Subject {
  readonly provider: ProviderDefinition
  /** Predictions take several requests: replicate.test.ts plays them. */
  readonly wire: LanguageModelSuite['wire'] | 'replicate'
  readonly credentials: Credentials
  /** The field of the form that takes the address, where the client goes to it through an SDK. */
  readonly addressField?: string
  readonly supports?: LanguageModelSuite['supports']
  /** Called in the tests; the first of the catalogue where absent. */
  readonly model: string
}

type Manner = Partial<Omit<Subject, 'provider'>>

/** What is not as with most: the OpenAI wire in full, at an address that the provider knows itself. */
const manners: Readonly<Record<string, Manner>> = {
  anthropic: { wire: 'anthropic', addressField: 'anthropic_api_url', model: 'claude-haiku-4-5' },
  google: { wire: 'google', addressField: 'google_base_url', model: 'gemini-2.5-flash' },
  bedrock: {
    wire: 'bedrock',
    addressField: 'bedrock_endpoint_url',
    model: 'global.anthropic.claude-haiku-4-5-20251001-v1:0',
    // One kind of key is enough, and requests signed with the other are tried in bedrock.test.ts.
    credentials: { aws_region: 'us-east-1', aws_access_key_id: '', aws_secret_access_key: '' },
    // It counts no tokens of reasoning apart: see bedrock.test.ts for its words.
    supports: { reasoning: false },
  },
  azure_openai: { credentials: { openai_api_base: 'https://resource.openai.azure.com', base_model_name: 'gpt-4o' } },
  openai_api_compatible: { credentials: { endpoint_url: 'https://own.test/v1', mode: 'chat', structured_output_support: 'supported' } },
  ollama: { credentials: { base_url: 'http://localhost:11434' }, supports: { validate: false } },
  lmstudio: { credentials: { base_url: 'http://localhost:1234' } },
  vllm: { credentials: { endpoint_url: 'http://localhost:8000' } },
  huggingface_tei: { credentials: { server_url: 'http://localhost:8080' } },
  xinference: { credentials: { server_url: 'http://localhost:9997', model_uid: 'any-model' } },
  replicate: { wire: 'replicate' },
  // Its list of models has a shape of its own: cohere.test.ts.
  cohere: { supports: { schema: false, validate: false } },
  deepseek: { supports: { schema: false } },
  tongyi: { supports: { schema: false } },
  zhipuai: { supports: { schema: false } },
  minimax: { supports: { schema: false } },
  nvidia: { supports: { schema: false } },
}

/** Every provider that is reached over a wire, in the order of the registry. */
export const subjects: readonly Subject[] = providers
  .filter(({ isKeyless }) => isKeyless !== true)
  .map((provider) => ({
    provider,
    wire: 'openai',
    credentials: {},
    model: provider.models.find((entry) => entry.type === 'llm')?.model ?? 'any-model',
    ...manners[provider.id],
  }))

export const serves = ({ provider }: Subject, type: ProviderDefinition['modelTypes'][number]): boolean => provider.modelTypes.includes(type)

/** A client of the provider that asks the fake at `baseUrl` (without a path) instead of the address that the provider is at. */
export function clientOf(
  { provider, credentials, addressField }: Subject,
  { baseUrl, apiKey, egress }: { readonly baseUrl: string; readonly apiKey: string; readonly egress: Egress },
): ProviderClient {
  const address = addressField === undefined ? {} : { [addressField]: baseUrl }
  return provider.createClient(
    { ...keysOf(provider, apiKey), ...credentials, ...address },
    { egress: addressField === undefined ? divert(egress, baseUrl) : egress },
  )
}

/** @throws TypeError where the provider has none */
export function languageModelOf(client: ProviderClient, { provider, model }: Subject): LanguageModel {
  const found = client.languageModel?.(model)
  if (found === undefined) throw new TypeError(`${provider.id} has no language model`)
  return found
}

/** A form that is filled in: the key, and what else the provider must know. */
export const credentialsWith = ({ provider, credentials }: Subject, apiKey: string): Credentials => ({
  ...keysOf(provider, apiKey),
  ...credentials,
})

export function keysOf({ credentialFields, modelCredentialFields }: ProviderDefinition, apiKey: string): Credentials {
  const fields = [...credentialFields, ...modelCredentialFields].filter((field) => field.type === 'secret-input')
  return Object.fromEntries(fields.map((field) => [field.variable, apiKey]))
}

/** Paths differ from provider to provider, the wire does not. */
function divert(egress: Egress, baseUrl: string): Egress {
  const toFake = (url: string): string => `${baseUrl}${new URL(url).pathname}${new URL(url).search}`
  return { ...egress, request: (request: EgressRequest) => egress.request({ ...request, url: toFake(request.url) }) }
}
