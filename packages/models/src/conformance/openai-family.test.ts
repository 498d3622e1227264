import type { Egress, EgressRequest } from '@trellis/spec'
import { describe } from 'vitest'
import { describeLanguageModel } from './describe-language-model.ts'
import { credentialsWith, manners, openaiFamily } from './openai-family.ts'

/** Asks the fake provider instead of the address that the provider is at: their paths differ, the wire does not. */
function divert(egress: Egress, baseUrl: string): Egress {
  const toFake = (url: string): string => `${baseUrl}${new URL(url).pathname}`
  return { ...egress, request: (request: EgressRequest) => egress.request({ ...request, url: toFake(request.url) }) }
}

describe('the OpenAI family', () => {
  for (const provider of openaiFamily.filter(({ modelTypes }) => modelTypes.includes('llm'))) {
    const { supports } = manners[provider.id] ?? {}
    describeLanguageModel({
      name: provider.id,
      wire: 'openai',
      model: provider.models.find((entry) => entry.type === 'llm')?.model ?? 'any-model',
      ...(supports === undefined ? {} : { supports }),
      createClient: ({ baseUrl, apiKey, egress }) =>
        provider.createClient(credentialsWith(provider, apiKey), { egress: divert(egress, baseUrl) }),
    })
  }
})
