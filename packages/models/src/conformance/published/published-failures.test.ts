import { createEgress } from '@trellis/kit'
import type { ProviderFailureKind } from '@trellis/spec'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collectEvents } from '../model-events.ts'
import { clientOf, languageModelOf, type Subject, serves, subjects } from '../subjects.ts'
import { publishedFailures } from './index.ts'
import type { PublishedFailure } from './published-failure.ts'
import { startAnswering } from './start-answering.ts'

const kinds: Readonly<Record<PublishedFailure['failure'], ProviderFailureKind>> = {
  'bad-key': 'authorization',
  'rate-limit': 'rate-limit',
  overload: 'server-unavailable',
  'context-length': 'context-length',
  'content-refused': 'content-refused',
}

describe('failures as their providers publish them', () => {
  const egress = createEgress({ modelEndpointAllowPrivate: true })
  let server: Awaited<ReturnType<typeof startAnswering>>
  beforeAll(async () => {
    server = await startAnswering()
  })
  afterAll(async () => {
    await egress.close()
    server.close()
  })

  const ask = async (subject: Subject): Promise<unknown> => {
    const client = clientOf(subject, { baseUrl: server.url, apiKey: 'key-0123456789', egress })
    const { signal } = new AbortController()
    if (!serves(subject, 'llm')) return client.embeddingModel?.('m').embed(['bread'], 'document', signal)
    const call = { messages: [{ role: 'user', content: 'Hello' }], parameters: {} } as const
    return collectEvents(languageModelOf(client, subject).stream(call, signal))
  }
  const cases = publishedFailures.flatMap(({ provider, failures }) =>
    failures.map((published) => [provider, published.failure, published.status, published] as const),
  )

  it.each(cases)('%s tells %s with %i', async (provider, failure, _status, published) => {
    const subject = subjects.find((each) => each.provider.id === provider)
    if (subject === undefined) throw new TypeError(`no provider ${provider}`)
    server.answer(published)
    await expect(ask(subject)).rejects.toMatchObject({
      name: 'ProviderError',
      kind: kinds[failure],
      // Told in the provider's words, not as the quotation of a body that nobody understood.
      message: expect.not.stringMatching(/^The provider answered with status \d+: \{/),
    })
  })

  it('is read from pages of the providers, each with its day', () => {
    for (const { address, readOn } of publishedFailures) {
      expect(address).toMatch(/^https:\/\//)
      expect(readOn).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    }
  })
})
