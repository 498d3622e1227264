import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { S3StorageConfig } from '@trellis/config'
import { expect, it } from 'vitest'
import { toArray, toBuffer } from '../conformance/collect.ts'
import { createS3Storage } from './create-s3-storage.ts'

/** An object store's wire, answered by the test. */
async function aWire(answer: (request: IncomingMessage, url: URL, response: ServerResponse) => void) {
  const server = createServer((request, response) => answer(request, new URL(request.url ?? '', 'http://wire'), response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // it listens on a port
  const config: S3StorageConfig = {
    type: 's3',
    bucket: 'bucket',
    region: 'eu-north-1',
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
    usesPathStyle: true,
  }
  const storage = createS3Storage(config)
  return {
    storage,
    async [Symbol.asyncDispose]() {
      await storage.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function aPage(keys: readonly string[], next?: string): string {
  const contents = keys.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('')
  const rest = next === undefined ? '' : `<NextContinuationToken>${next}</NextContinuationToken>`
  return `<?xml version="1.0"?><ListBucketResult><IsTruncated>${next !== undefined}</IsTruncated>${contents}${rest}</ListBucketResult>`
}

it('follows a listing from page to page', async () => {
  const asked: (string | null)[] = []
  await using wire = await aWire((_, url, response) => {
    const token = url.searchParams.get('continuation-token')
    asked.push(url.searchParams.get('prefix'), token)
    if (token === null) response.end(aPage(['files/1', 'files/2'], 'page two'))
    else if (token === 'page two') response.end(aPage([], 'page three'))
    else response.end(aPage(['files/3']))
  })
  expect(await toArray(wire.storage.list('files/'))).toEqual(['files/1', 'files/2', 'files/3'])
  expect(asked).toEqual(['files/', null, 'files/', 'page two', 'files/', 'page three'])
})

it('asks for a range with both ends, the first byte alone included', async () => {
  const ranges: (string | undefined)[] = []
  await using wire = await aWire((request, _, response) => {
    ranges.push(request.headers.range)
    response.writeHead(206).end('0')
  })
  expect((await toBuffer(wire.storage.readStream('a', { start: 0, end: 0 }))).toString()).toBe('0')
  expect(ranges).toEqual(['bytes=0-0'])
})

it('signs for its region and puts the bucket into the path', async () => {
  const seen: (string | undefined)[] = []
  await using wire = await aWire((request, url, response) => {
    seen.push(request.method, url.pathname, request.headers.authorization?.split(',')[0], request.headers['content-type'])
    request.resume().on('end', () => response.end())
  })
  await wire.storage.write('a/b c.txt', new TextEncoder().encode('x'), { contentType: 'text/plain' })
  expect(seen).toEqual([
    'PUT',
    '/bucket/a/b%20c.txt',
    expect.stringMatching(/Credential=id\/\d{8}\/eu-north-1\/s3\/aws4_request$/),
    'text/plain',
  ])
})

it('gives up the parts of a stream that breaks off', async () => {
  const calls: string[] = []
  await using wire = await aWire((request, url, response) => {
    calls.push(`${request.method} ${[...url.searchParams.keys()].filter((name) => name !== 'x-id').join(',')}`)
    request.resume().on('end', () => {
      if (request.method === 'POST') response.end('<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>')
      else response.writeHead(request.method === 'DELETE' ? 204 : 200, { etag: '"e"' }).end()
    })
  })
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield new Uint8Array(17 * 1024 * 1024)
    throw new Error('the sender went away')
  }
  await expect(wire.storage.write('a', broken())).rejects.toThrow('the sender went away')
  expect(calls).toEqual(['POST uploads', 'PUT partNumber,uploadId', 'PUT partNumber,uploadId', 'DELETE uploadId'])
})
