import { EgressError, type EgressResponse, type ReadOptions } from '@trellis/spec'
import { decompress, listDecoders } from './decompress.ts'
import type { Exchange, ExchangeResponse } from './exchange.ts'

/** The answer as callers get it: unpacked, bounded, and closed with its reader. */
export function toResponse(response: ExchangeResponse, request: Exchange, maxResponseBytes: number | undefined): EgressResponse {
  const { headers, body } = response
  const layers = request.method === 'HEAD' ? undefined : listDecoders(headers['content-encoding'])
  const announced = layers === undefined && request.method !== 'HEAD' ? Number(headers['content-length']) || 0 : 0
  if (layers !== undefined) {
    delete headers['content-encoding']
    delete headers['content-length']
  }
  const decoded = layers === undefined ? body : decompress(body, layers)
  const limited = maxResponseBytes === undefined ? decoded : limit(decoded, maxResponseBytes, announced)
  const chunks = limited === body ? body : endTogether(limited, body)
  const bytes = async ({ maxBytes }: ReadOptions = {}) => collect(maxBytes === undefined ? chunks : limit(chunks, maxBytes, announced))
  return {
    status: response.status,
    headers,
    url: request.url.href,
    chunks,
    bytes,
    text: async (options) => new TextDecoder().decode(await bytes(options)),
  }
}

/** A generator that was never started does not end its source: here the reader's end reaches the connection in any case. */
function endTogether(chunks: AsyncIterable<Uint8Array>, body: AsyncIterator<Uint8Array>): AsyncIterable<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]()
  const end = async (): Promise<IteratorResult<Uint8Array, undefined>> => {
    await Promise.all([iterator.return?.(), body.return?.()])
    return { done: true, value: undefined }
  }
  return { [Symbol.asyncIterator]: () => ({ next: () => iterator.next(), return: end }) }
}

/** @param announced what the headers say that is to come; too much is refused before it comes */
async function* limit(chunks: AsyncIterable<Uint8Array>, maxBytes: number, announced: number): AsyncGenerator<Uint8Array, undefined> {
  const iterator = chunks[Symbol.asyncIterator]()
  let size = announced
  try {
    for (let seen = 0; size <= maxBytes; ) {
      const { done, value } = await iterator.next()
      if (done === true) return
      seen += value.length
      size = Math.max(size, seen)
      if (seen <= maxBytes) yield value
    }
  } finally {
    await iterator.return?.()
  }
  throw new EgressError('too-large', `The response is larger than the ${maxBytes} bytes allowed.`, { rule: 'max-response-bytes' })
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const chunk of chunks) parts.push(chunk)
  const [first] = parts
  return parts.length === 1 && first !== undefined ? first : Buffer.concat(parts)
}
