import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createEgress } from '@trellis/kit'
import { describe, expect, it } from 'vitest'
import { googleProvider } from './index.ts'

describe('embedding with google', () => {
  it('sends any number of texts in batches that the provider takes, and keeps their order', async () => {
    const batches: { readonly count: number; readonly task: string }[] = []
    const server = createServer(async (request, response) => {
      const pieces: Buffer[] = []
      for await (const piece of request) pieces.push(piece)
      const { requests } = JSON.parse(Buffer.concat(pieces).toString())
      batches.push({ count: requests.length, task: requests[0].taskType })
      const embeddings = requests.map((each: { content: { parts: { text: string }[] } }) => ({
        values: [Number(each.content.parts[0]?.text), 1],
      }))
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ embeddings }))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const egress = createEgress({ modelEndpointAllowPrivate: true })
    // A listening TCP server's address is never a path.
    const { port } = server.address() as AddressInfo
    const client = googleProvider.createClient({ google_api_key: 'key', google_base_url: `http://127.0.0.1:${port}` }, { egress })

    const texts = Array.from({ length: 150 }, (_, index) => String(index))
    const result = await client.embeddingModel?.('gemini-embedding-001').embed(texts, 'query', new AbortController().signal)

    expect(result?.vectors.map(([first]) => first)).toEqual(texts.map(Number))
    expect(result?.tokens).toBeGreaterThan(0)
    expect(batches).toEqual([
      { count: 100, task: 'RETRIEVAL_QUERY' },
      { count: 50, task: 'RETRIEVAL_QUERY' },
    ])
    await egress.close()
    server.closeAllConnections()
    server.close()
  })
})
