import { describe } from 'vitest'
import { azureOpenaiProvider } from '../azure-openai/index.ts'
import { openaiProvider } from '../openai/index.ts'
import { deepseekProvider } from '../openai-compatible/hosted/deepseek.ts'
import { openaiApiCompatibleProvider } from '../openai-compatible/self-hosted/openai-api-compatible.ts'
import { describeLanguageModel, type LanguageModelSuite } from './describe-language-model.ts'

/** One of each kind: the original, the one addressed by deployments, one made of data, and any custom address. */
const family: readonly Omit<LanguageModelSuite, 'wire'>[] = [
  {
    name: 'openai',
    model: 'gpt-4o',
    createClient: ({ baseUrl, apiKey, egress }) =>
      openaiProvider.createClient({ openai_api_key: apiKey, openai_api_base: baseUrl }, { egress }),
  },
  {
    name: 'azure_openai',
    model: 'my-deployment',
    createClient: ({ baseUrl, apiKey, egress }) =>
      azureOpenaiProvider.createClient({ openai_api_key: apiKey, openai_api_base: baseUrl, base_model_name: 'gpt-4o' }, { egress }),
  },
  {
    name: 'deepseek',
    model: 'deepseek-v4-flash',
    supports: { schema: false },
    createClient: ({ baseUrl, apiKey, egress }) => deepseekProvider.createClient({ api_key: apiKey, endpoint_url: baseUrl }, { egress }),
  },
  {
    name: 'openai_api_compatible',
    model: 'any-model',
    createClient: ({ baseUrl, apiKey, egress }) =>
      openaiApiCompatibleProvider.createClient(
        { api_key: apiKey, endpoint_url: `${baseUrl}/v1`, mode: 'chat', structured_output_support: 'supported' },
        { egress },
      ),
  },
]

describe('the OpenAI family', () => {
  for (const member of family) describeLanguageModel({ ...member, wire: 'openai' })
})
