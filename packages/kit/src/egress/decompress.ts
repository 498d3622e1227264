import { pipeline, Readable, type Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'
import { EgressError } from '@trellis/spec'

const MAX_LAYERS = 3

/**
 * Undoes `content-encoding`. Undefined where there is nothing to undo or an encoding is unknown: the bytes are then handed out as they are.
 */
export function listDecoders(contentEncoding: string | undefined): readonly string[] | undefined {
  const layers = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((layer) => layer.trim())
    .filter((layer) => layer !== '' && layer !== 'identity')
  const isKnown = layers.every((layer) => ['gzip', 'x-gzip', 'deflate', 'br'].includes(layer))
  return layers.length > 0 && layers.length <= MAX_LAYERS && isKnown ? layers.reverse() : undefined
}

/** Streams `source` through the decoders. @throws EgressError `connection` where the bytes are not what their label says */
export async function* decompress(source: AsyncIterable<Uint8Array>, layers: readonly string[]): AsyncGenerator<Uint8Array, undefined> {
  const iterator = source[Symbol.asyncIterator]()
  const first = await iterator.next()
  if (first.done === true) return
  const head = first.value
  const rest = async function* () {
    yield head
    yield* { [Symbol.asyncIterator]: () => iterator }
  }
  const decoders = layers.map((layer, index) => createDecoder(layer, index === 0 ? head[0] : undefined))
  const last = decoders.at(-1)
  if (last === undefined) return
  let failure: unknown
  pipeline([Readable.from(rest(), { objectMode: false }), ...decoders], (error) => {
    failure = error ?? undefined
  })
  try {
    for await (const chunk of last) yield chunk
  } catch (error) {
    throw toDecompressError(failure ?? error)
  } finally {
    last.destroy()
    await iterator.return?.()
  }
}

function createDecoder(layer: string, firstByte: number | undefined): Transform {
  if (layer === 'br') return createBrotliDecompress()
  if (layer !== 'deflate') return createGunzip()
  // Some servers send bare deflate under this name; a zlib header's low nibble is always 8.
  return firstByte === undefined || (firstByte & 0x0f) === 8 ? createInflate() : createInflateRaw()
}

function toDecompressError(error: unknown): unknown {
  if (error instanceof EgressError) return error
  return new EgressError('connection', 'The response is not compressed the way its content-encoding says, or it broke off.', {
    cause: error,
  })
}
