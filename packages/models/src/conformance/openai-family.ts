import type { Credentials, ProviderDefinition } from '@trellis/spec'
import { azureOpenaiProvider } from '../azure-openai/index.ts'
import { cohereProvider } from '../cohere/index.ts'
import { openaiProvider } from '../openai/index.ts'
import { openaiCompatibleProviders } from '../openai-compatible/index.ts'
import type { LanguageModelSuite } from './describe-language-model.ts'

export const openaiFamily: readonly ProviderDefinition[] = [
  openaiProvider,
  azureOpenaiProvider,
  cohereProvider,
  ...openaiCompatibleProviders,
]

/** What is filled in besides the key, and where the wire is not OpenAI's in full. */
export const manners: Readonly<Record<string, { readonly credentials?: Credentials; readonly supports?: LanguageModelSuite['supports'] }>> =
  {
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

/** A form that is filled in: the key, and what else the provider must know. */
export function credentialsWith({ id, credentialFields, modelCredentialFields }: ProviderDefinition, apiKey: string): Credentials {
  const fields = [...credentialFields, ...modelCredentialFields].filter((field) => field.type === 'secret-input')
  return { ...Object.fromEntries(fields.map((field) => [field.variable, apiKey])), ...manners[id]?.credentials }
}
