import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createEgress } from '@trellis/kit'
import type { Credentials } from '@trellis/spec'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startFakeProvider } from '../conformance/fake-provider.ts'
import { collectEvents, reasoningIn, textIn } from '../conformance/model-events.ts'
import { bedrockWire } from '../conformance/wires/bedrock.ts'
import { toBedrockAccess } from './credentials.ts'
import { bedrockProvider } from './index.ts'

// docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-text.html
const titanAnswer = (embedding: readonly number[]) => ({ embedding, embeddingsByType: { float: embedding }, inputTextTokenCount: 3 })
const MODEL = 'global.anthropic.claude-haiku-4-5-20251001-v1:0'

describe('Bedrock', () => {
  const egress = createEgress({ modelEndpointAllowPrivate: true })
  const seen: { readonly url: string; readonly headers: IncomingHttpHeaders; readonly body: unknown }[] = []
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece)
    const body = JSON.parse(Buffer.concat(pieces).toString())
    seen.push({ url: request.url ?? '', headers: request.headers, body })
    const embedding = body.sources
      ? { results: [{ index: 0, relevanceScore: 0.2 }, { index: 1, relevanceScore: 0.9 }] } // biome-ignore format: two results
      : body.texts
        ? { embeddings: { float: body.texts.map((text: string) => [text.length, 1]) } }
        : titanAnswer([body.inputText.length, 2])
    response.setHeader('content-type', 'application/json').end(JSON.stringify(embedding))
  })
  let address: string
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    // A listening TCP server's address is never a path.
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(async () => {
    await egress.close()
    server.closeAllConnections()
    server.close()
  })
  const client = (credentials: Credentials) =>
    bedrockProvider.createClient({ aws_region: 'eu-west-1', bedrock_endpoint_url: address, ...credentials }, { egress })
  const pair = { aws_access_key_id: 'AKIA0123456789', aws_secret_access_key: 'secret-0123456789' }
  const { signal } = new AbortController()

  it('gives its reasoning apart', async () => {
    const provider = await startFakeProvider(bedrockWire)
    provider.play({ type: 'answer', chunks: ['42'], reasoning: ['Let me ', 'think.'], finish: 'stop' })
    const model = client({ bedrock_api_key: 'key', bedrock_endpoint_url: provider.url }).languageModel?.(MODEL)
    if (!model) throw new TypeError('Bedrock has language models')
    const events = await collectEvents(model.stream({ messages: [{ role: 'user', content: 'Hello' }], parameters: {} }, signal))
    expect([reasoningIn(events), textIn(events)]).toEqual(['Let me think.', '42'])
    await provider.close()
  })

  it('signs with an access key for its region, and embeds one text a request with Titan', async () => {
    const result = await client(pair).embeddingModel?.('amazon.titan-embed-text-v2:0').embed(['a', 'bcd'], 'document', signal)
    expect(result).toEqual({ vectors: [[1, 2], [3, 2]], tokens: 6 }) // biome-ignore format: two vectors
    expect(seen.at(-1)?.url).toBe('/model/amazon.titan-embed-text-v2%3A0/invoke')
    const authorization = seen.at(-1)?.headers.authorization
    expect(authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIA0123456789\/\d{8}\/eu-west-1\/bedrock\/aws4_request/)
    expect(authorization).not.toContain('secret')
  })

  it('tells Cohere’s models documents from queries', async () => {
    const model = client({ bedrock_api_key: 'key' }).embeddingModel?.('cohere.embed-v4:0')
    await model?.embed(['a'], 'document', signal)
    expect(seen.at(-1)).toMatchObject({ body: { input_type: 'search_document' }, headers: { authorization: 'Bearer key' } })
    await model?.embed(['a'], 'query', signal)
    expect(seen.at(-1)).toMatchObject({ body: { input_type: 'search_query' } })
  })

  it('ranks documents by the service beside it', async () => {
    const model = client({ bedrock_api_key: 'key' }).rerankModel?.('amazon.rerank-v1:0')
    expect(await model?.rerank('q', ['a', 'b', 'c'], 2, signal)).toEqual([
      { index: 1, score: 0.9 },
      { index: 0, score: 0.2 },
    ])
    expect(seen.at(-1)).toMatchObject({
      url: '/rerank',
      headers: { authorization: 'Bearer key' },
      body: {
        queries: [{ type: 'TEXT', textQuery: { text: 'q' } }],
        sources: ['a', 'b', 'c'].map((text) => ({ type: 'INLINE', inlineDocumentSource: { type: 'TEXT', textDocument: { text } } })),
        rerankingConfiguration: {
          type: 'BEDROCK_RERANKING_MODEL',
          bedrockRerankingConfiguration: {
            numberOfResults: 2,
            modelConfiguration: { modelArn: 'arn:aws:bedrock:eu-west-1::foundation-model/amazon.rerank-v1:0' },
          },
        },
      },
    })
    expect(await model?.rerank('q', [], 2, signal)).toEqual([])
    await expect(model?.rerank('q', ['a'], 1, AbortSignal.abort('stopped'))).rejects.toBe('stopped')
    expect(toBedrockAccess({ bedrock_api_key: 'key', aws_region: 'eu-west-1' }).agentBaseURL).toBe(
      'https://bedrock-agent-runtime.eu-west-1.amazonaws.com',
    )
  })

  it('takes nothing from the environment of the server', () => {
    expect(() => client({ aws_access_key_id: 'AKIA0123456789' })).toThrow(/aws_secret_access_key/)
    expect(() => client({})).toThrow(/bedrock_api_key/)
  })
})
