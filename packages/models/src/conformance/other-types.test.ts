import { EgressError, type ModelType, type ProviderClient } from '@trellis/spec'
import { describe, expect, it } from 'vitest'
import { createFakeEgress } from '../openai-compatible/fake-egress.ts'
import type { ProviderFailure } from './scenario.ts'
import { credentialsWith, type Subject, subjects } from './subjects.ts'
import { openAiWire } from './wires/openai.ts'

const KEY = 'sk-conformance-0123456789'

/** One call of each kind of model that is no language model. */
const calls: Readonly<Partial<Record<ModelType, (client: ProviderClient, signal: AbortSignal) => Promise<unknown> | undefined>>> = {
  'text-embedding': (client, signal) => client.embeddingModel?.('m').embed(['bread'], 'document', signal),
  rerank: (client, signal) => client.rerankModel?.('m').rerank('bread', ['flour', 'steel'], 2, signal),
  speech2text: (client, signal) =>
    client.transcriptionModel?.('m').transcribe({ bytes: new Uint8Array([1]), filename: 'a.mp3', mimeType: 'audio/mpeg' }, signal),
  tts: async (client, signal) => {
    for await (const _chunk of client.speechModel?.('m').speak('Hello', 'alloy', signal) ?? []);
  },
  moderation: (client, signal) => client.moderationModel?.('m').isFlagged('Hello', signal),
}

/** What the family answers them, and what is made of it. */
const answers: Readonly<Partial<Record<ModelType, readonly [body: object, result: unknown]>>> = {
  'text-embedding': [
    { data: [{ index: 0, embedding: [3, 4] }], usage: { prompt_tokens: 2 } },
    { vectors: [[3, 4]], tokens: 2 },
  ],
  rerank: [
    {
      results: [
        { index: 1, relevance_score: 0.9 },
        { index: 0, relevance_score: 0.2 },
      ],
    },
    [
      { index: 1, score: 0.9 },
      { index: 0, score: 0.2 },
    ],
  ],
  speech2text: [{ text: 'Good day' }, { text: 'Good day' }],
  moderation: [{ results: [{ flagged: true }] }, true],
}

/** Wires of their own: retrieval-providers.test.ts. */
const ofTheirOwn = ['cohere text-embedding', 'nvidia rerank', 'huggingface_tei rerank']

const failures = [
  ['bad-key', 'authorization'],
  ['rate-limit', 'rate-limit'],
  ['overload', 'server-unavailable'],
  ['context-length', 'context-length'],
  ['content-refused', 'content-refused'],
  ['bad-request', 'bad-request'],
] as const satisfies readonly (readonly [ProviderFailure, string])[]

const cases = subjects
  .filter(({ wire }) => wire === 'openai')
  .flatMap((subject) =>
    subject.provider.modelTypes.flatMap((type) => {
      const call = calls[type]
      return call === undefined ? [] : [[subject.provider.id, type, subject, call] as const]
    }),
  )

describe.each(cases)('%s: %s', (id, type, subject: Subject, call) => {
  const clientOf = (...[answer]: Parameters<typeof createFakeEgress>): ProviderClient =>
    subject.provider.createClient(credentialsWith(subject, KEY), { egress: createFakeEgress(answer) })

  const [body, result] = answers[type] ?? []
  it.runIf(body !== undefined && !ofTheirOwn.includes(`${id} ${type}`))('answers in the manner of the family', async () => {
    const client = clientOf(() => ({ body: JSON.stringify(body) }))
    expect(await call(client, new AbortController().signal)).toEqual(result)
  })

  it.each(failures)('tells %s as %s, in words without the key', async (failure, kind) => {
    const client = clientOf(() => openAiWire.failure(failure, KEY))
    const error = { name: 'ProviderError', kind, message: expect.not.stringContaining(KEY) }
    await expect(call(client, new AbortController().signal)).rejects.toMatchObject(error)
  })

  it('tells a connection that is cut', async () => {
    const client = clientOf(() => {
      throw new EgressError('connection', 'The connection was closed.')
    })
    await expect(call(client, new AbortController().signal)).rejects.toMatchObject({ name: 'ProviderError', kind: 'connection' })
  })

  it('asks nothing with a signal that is aborted already', async () => {
    const client = clientOf(() => {
      throw new TypeError('nobody was to be asked')
    })
    await expect(call(client, AbortSignal.abort('too late'))).rejects.toBe('too late')
  })
})
