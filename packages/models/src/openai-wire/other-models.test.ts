import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWireSpeechModel, createWireTranscriptionModel, splitForSpeech } from './audio-models.ts'
import { createWireEmbeddingModel } from './embedding-model.ts'
import { type FakeProvider, json, startFakeProvider } from './fake-provider.ts'
import { guessModelType, listWireModels } from './model-list.ts'
import { createWireModerationModel } from './moderation-model.ts'
import { createWireRerankModel } from './rerank-model.ts'

let provider: FakeProvider
beforeAll(async () => {
  provider = await startFakeProvider()
})
afterAll(() => provider.close())

const signal = new AbortController().signal

describe('embedding', () => {
  it('keeps the order of the texts and counts tokens', async () => {
    provider.answer(
      json({
        data: [
          { index: 1, embedding: [2] },
          { index: 0, embedding: [1] },
        ],
        usage: { prompt_tokens: 7 },
      }),
    )
    const result = await createWireEmbeddingModel(provider.endpoint(), 'e').embed(['a', ''], 'document', signal)
    expect(result).toEqual({ vectors: [[1], [2]], tokens: 7 })
    expect(provider.requests.at(-1)?.url).toBe('/v1/embeddings')
    expect(provider.lastBody()).toEqual({ model: 'e', input: ['a', ' '], encoding_format: 'float' })
  })

  it('sends long lists in batches', async () => {
    const answer = (...vectors: number[]) => json({ data: vectors.map((value) => ({ embedding: [value] })), usage: { total_tokens: 1 } })
    provider.answer(answer(1, 2), answer(3))
    const model = createWireEmbeddingModel(provider.endpoint({ maxEmbeddingBatch: 2 }), 'e')
    expect(await model.embed(['a', 'b', 'c'], 'query', signal)).toEqual({ vectors: [[1], [2], [3]], tokens: 2 })
  })

  it('puts prefixes before texts where the model expects them', async () => {
    provider.answer(json({ data: [{ embedding: [1] }] }))
    const dialect = { embeddingPrefixes: { document: 'passage: ', query: 'query: ' }, omits: ['encoding_format'] }
    await createWireEmbeddingModel(provider.endpoint(dialect), 'e').embed(['a'], 'query', signal)
    expect(provider.lastBody()).toEqual({ model: 'e', input: ['query: a'] })
  })

  it('asks nothing for no texts', async () => {
    const count = provider.requests.length
    expect(await createWireEmbeddingModel(provider.endpoint(), 'e').embed([], 'query', signal)).toEqual({ vectors: [], tokens: 0 })
    expect(provider.requests).toHaveLength(count)
  })

  it.each([{ data: [] }, { data: [{ embedding: 'AAAA' }] }, {}, { error: { message: 'x' } }])('refuses the answer %j', async (body) => {
    provider.answer(json(body))
    await expect(createWireEmbeddingModel(provider.endpoint(), 'e').embed(['a'], 'query', signal)).rejects.toMatchObject({
      kind: 'server-unavailable',
    })
  })

  it('rejects with the reason of an aborted signal', async () => {
    await expect(createWireEmbeddingModel(provider.endpoint(), 'e').embed(['a'], 'query', AbortSignal.abort('no'))).rejects.toBe('no')
  })
})

describe('rerank', () => {
  it('gives the best first, with their places', async () => {
    provider.answer(
      json({
        results: [
          { index: 0, relevance_score: 0.1 },
          { index: 2, relevance_score: 0.9 },
          { index: 1, relevance_score: 0.5 },
        ],
      }),
    )
    const model = createWireRerankModel(provider.endpoint(), 'r')
    expect(await model.rerank('q', ['a', 'b', 'c'], 2, signal)).toEqual([
      { index: 2, score: 0.9 },
      { index: 1, score: 0.5 },
    ])
    expect(provider.lastBody()).toEqual({ model: 'r', query: 'q', documents: ['a', 'b', 'c'], top_n: 2, return_documents: false })
  })

  it('asks nothing for no documents', async () => {
    expect(await createWireRerankModel(provider.endpoint(), 'r').rerank('q', [], 3, signal)).toEqual([])
  })

  it('refuses places that do not exist', async () => {
    provider.answer(json({ results: [{ index: 5, relevance_score: 1 }] }))
    await expect(createWireRerankModel(provider.endpoint(), 'r').rerank('q', ['a'], 1, signal)).rejects.toMatchObject({
      kind: 'server-unavailable',
    })
  })
})

describe('transcription', () => {
  it('sends the file as a form', async () => {
    provider.answer(json({ text: 'hello there' }))
    const audio = { bytes: new Uint8Array([1, 2, 250]), filename: 'a b.mp3', mimeType: 'audio/mpeg' }
    expect(await createWireTranscriptionModel(provider.endpoint(), 'whisper-1').transcribe(audio, signal)).toEqual({ text: 'hello there' })
    const request = provider.requests.at(-1)
    expect(request?.url).toBe('/v1/audio/transcriptions')
    expect(request?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/)
    expect(request?.body).toContain('filename="a b.mp3"')
    expect(request?.body).toContain('Content-Type: audio/mpeg')
    expect(request?.body).toContain('\u0001\u0002\u00fa')
    expect(request?.body).toContain('whisper-1')
  })

  it.each([
    [{ type: 'tokens', input_tokens: 14, output_tokens: 2, total_tokens: 16 }, { tokens: { promptTokens: 14, completionTokens: 2 } }],
    [{ type: 'duration', seconds: 9.5 }, { soundSeconds: 9.5 }],
    [{ type: 'something else' }, {}],
    [null, {}],
  ])('tells what it used where it is told: %j', async (usage, told) => {
    provider.answer(json({ text: 'hello there', usage }))
    const audio = { bytes: new Uint8Array([1]), filename: 'a.mp3', mimeType: 'audio/mpeg' }
    const model = createWireTranscriptionModel(provider.endpoint(), 'whisper-1')
    expect(await model.transcribe(audio, signal)).toEqual({ text: 'hello there', ...told })
  })
})

describe('speech', () => {
  it('streams audio', async () => {
    provider.answer({ headers: { 'content-type': 'audio/mpeg' }, body: new Uint8Array([1, 2, 3]) })
    const chunks: Uint8Array[] = []
    for await (const chunk of createWireSpeechModel(provider.endpoint(), 'tts-1').speak('Hi.', 'alloy', signal)) chunks.push(chunk)
    expect([...Buffer.concat(chunks)]).toEqual([1, 2, 3])
    expect(provider.lastBody()).toEqual({ model: 'tts-1', input: 'Hi.', voice: 'alloy', response_format: 'mp3' })
  })

  it.each([
    ['', []],
    ['Short.', ['Short.']],
    ['One. Two. Three.', ['One. Two.', 'Three.']],
    ['一二三。四五六七。八九', ['一二三。四五六七。', '八九']],
    ['aaaa bbbb cccc', ['aaaa bbbb', 'cccc']],
    ['x'.repeat(25), ['x'.repeat(10), 'x'.repeat(10), 'x'.repeat(5)]],
  ])('cuts %j', (text, pieces) => {
    expect(splitForSpeech(text, 10)).toEqual(pieces)
  })
})

describe('moderation', () => {
  it('tells whether a text is flagged', async () => {
    provider.answer(json({ results: [{ flagged: true }] }))
    expect(await createWireModerationModel(provider.endpoint(), 'omni').isFlagged('bad', signal)).toBe(true)
    provider.answer(json({ results: [{ flagged: false }] }))
    expect(await createWireModerationModel(provider.endpoint(), 'omni').isFlagged('good', signal)).toBe(false)
    expect(await createWireModerationModel(provider.endpoint(), 'omni').isFlagged(' ', signal)).toBe(false)
  })
})

describe('the list of models', () => {
  it.each([{ data: [{ id: 'gpt-4o' }, { id: 'text-embedding-3-small' }] }, [{ id: 'gpt-4o' }, { id: 'text-embedding-3-small' }]])(
    'is read from %j',
    async (body) => {
      provider.answer(json(body))
      expect(await listWireModels(provider.endpoint(), signal)).toEqual([
        { model: 'gpt-4o', type: 'llm' },
        { model: 'text-embedding-3-small', type: 'text-embedding' },
      ])
    },
  )

  it('says how to mend a wrong address', async () => {
    provider.answer({ headers: { 'content-type': 'text/html' }, body: '<html><title>Welcome</title></html>' })
    await expect(listWireModels(provider.endpoint(), signal)).rejects.toMatchObject({
      kind: 'server-unavailable',
      message: expect.stringContaining('Check the address'),
    })
  })

  it.each([
    ['BAAI/bge-m3', 'text-embedding'],
    ['nomic-embed-text:latest', 'text-embedding'],
    ['BAAI/bge-reranker-v2-m3', 'rerank'],
    ['whisper-large-v3', 'speech2text'],
    ['gpt-4o-mini-tts', 'tts'],
    ['tts-1', 'tts'],
    ['omni-moderation-latest', 'moderation'],
    ['qwen3:8b', 'llm'],
  ])('guesses what %s is for', (name, type) => {
    expect(guessModelType(name)).toBe(type)
  })
})
