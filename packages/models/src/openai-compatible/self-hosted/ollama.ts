import type { ProviderDefinition } from '@trellis/spec'
import { z } from 'zod'
import { guessModelType, type ListedModel, nonsense, readJson, sendRequest, type WireEndpoint } from '../../openai-wire/index.ts'
import { toBaseUrl } from '../base-url.ts'
import {
  choiceField,
  contextSizeField,
  forType,
  maxTokensField,
  modeField,
  secretField,
  TRUE_FALSE,
  urlField,
  visionField,
} from '../credential-fields.ts'
import { defineWireProvider, requireCredential } from '../define-provider.ts'
import { letterIcon } from '../icon.ts'

const tags = z.object({
  models: z.array(z.object({ name: z.string(), details: z.object({ family: z.string().nullish() }).nullish() })),
})

export const ollamaProvider: ProviderDefinition = defineWireProvider({
  id: 'ollama',
  label: { en_US: 'Ollama' },
  description: { en_US: 'Local models that Ollama runs on your own computer.', zh_Hans: 'Ollama 在您自己电脑上运行的本地模型。' },
  icon: letterIcon('Ol', '#334155'),
  iconDark: letterIcon('Ol', '#64748b'),
  help: { title: { en_US: 'How to install Ollama', zh_Hans: '如何安装 Ollama' }, url: { en_US: 'https://ollama.com/download' } },
  modelTypes: ['llm', 'text-embedding'],
  configurateMethods: ['customizable-model'],
  credentialFields: [],
  modelCredentialFields: [
    urlField('base_url', 'http://127.0.0.1:11434', { required: true }),
    secretField('api_key'),
    modeField,
    contextSizeField,
    maxTokensField('max_tokens'),
    visionField(TRUE_FALSE),
    choiceField('function_call_support', { en_US: 'Calls tools', zh_Hans: '支持工具调用' }, TRUE_FALSE, forType('llm')),
  ],
  models: [],
  validation: { by: 'list' },
  listModels: async (endpoint, baseUrl, signal) => listTags(endpoint, baseUrl.replace(/\/v1$/, ''), signal),
  connect: (credentials) => ({
    baseUrl: `${toBaseUrl(requireCredential(credentials, 'base_url', 'The address')).replace(/\/(?:v1|api)$/, '')}/v1`,
    apiKey: credentials.api_key,
    dialect: { omits: ['user', 'encoding_format'] },
  }),
})

/** Its own list tells the family of each model, which the wire's does not. */
async function listTags(endpoint: WireEndpoint, root: string, signal: AbortSignal): Promise<readonly ListedModel[]> {
  const response = await sendRequest(endpoint, { url: `${root}/api/tags`, method: 'GET' }, signal)
  const answer = tags.safeParse(await readJson(response, endpoint, signal))
  if (!answer.success) throw nonsense('no list of models. Is this the address of an Ollama server?', endpoint.secrets, answer.error)
  return answer.data.models.map(({ name, details }) => ({
    model: name,
    type: details?.family?.includes('bert') === true ? 'text-embedding' : guessModelType(name),
  }))
}
