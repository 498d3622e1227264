import type { Credentials, Egress, EgressRequest, ProviderDefinition } from '@trellis/spec'
import { describe } from 'vitest'
import { azureOpenaiProvider } from '../azure-openai/index.ts'
import { cohereProvider } from '../cohere/index.ts'
import { openaiProvider } from '../openai/index.ts'
import { openaiCompatibleProviders } from '../openai-compatible/index.ts'
import { describeLanguageModel, type LanguageModelSuite } from './describe-language-model.ts'

/** What is filled in besides the key, and where the wire is not OpenAI's in full. */
const manners: Readonly<Record<string, { readonly credentials?: Credentials; readonly supports?: LanguageModelSuite['supports'] }>> = {
  azure_openai: { credentials: { openai_api_base: 'https://resource.openai.azure.com', base_model_name: 'gpt-4o' } },
  openai_api_compatible: { credentials: { endpoint_url: 'https://own.test/v1', mode: 'chat', structured_output_support: 'supported' } },
  ollama: { credentials: { base_url: 'http://localhost:11434' }, supports: { validate: false } },
  lmstudio: { credentials: { base_url: 'http://localhost:1234' } },
  vllm: { credentials: { endpoint_url: 'http://localhost:8000' } },
  xinference: { credentials: { server_url: 'http://localhost:9997', model_uid: 'any-model' } },
  // Its list of models has a shape of its own: cohere.test.ts.
  cohere: { supports: { schema: false, validate: false } },
  deepseek: { supports: { schema: false } },
  tongyi: { supports: { schema: false } },
  zhipuai: { supports: { schema: false } },
  minimax: { supports: { schema: false } },
  nvidia: { supports: { schema: false } },
}

/** Asks the fake provider instead of the address that the provider is at: their paths differ, the wire does not. */
function divert(egress: Egress, baseUrl: string): Egress {
  const toFake = (url: string): string => `${baseUrl}${new URL(url).pathname}`
  return { ...egress, request: (request: EgressRequest) => egress.request({ ...request, url: toFake(request.url) }) }
}

function keyOf({ credentialFields, modelCredentialFields }: ProviderDefinition, apiKey: string): Credentials {
  const fields = [...credentialFields, ...modelCredentialFields].filter((field) => field.type === 'secret-input')
  return Object.fromEntries(fields.map((field) => [field.variable, apiKey]))
}

describe('the OpenAI family', () => {
  const family = [openaiProvider, azureOpenaiProvider, cohereProvider, ...openaiCompatibleProviders]
  for (const provider of family.filter(({ modelTypes }) => modelTypes.includes('llm'))) {
    const { credentials = {}, supports } = manners[provider.id] ?? {}
    describeLanguageModel({
      name: provider.id,
      wire: 'openai',
      model: provider.models.find((entry) => entry.type === 'llm')?.model ?? 'any-model',
      ...(supports === undefined ? {} : { supports }),
      createClient: ({ baseUrl, apiKey, egress }) =>
        provider.createClient({ ...keyOf(provider, apiKey), ...credentials }, { egress: divert(egress, baseUrl) }),
    })
  }
})
