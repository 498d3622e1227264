import { brotliDecompressSync } from 'node:zlib'
import { packedCharacterMaps } from './cmaps.gen.ts'

/** The maps by their file names. */
export function unpackCharacterMaps(): ReadonlyMap<string, Uint8Array> {
  const content = brotliDecompressSync(Buffer.from(packedCharacterMaps, 'base64'))
  const directoryEnd = 4 + content.readUInt32LE(0)
  // Written so by tools/pack-cmaps.
  const directory = JSON.parse(content.toString('utf8', 4, directoryEnd)) as [name: string, bytes: number][]
  let at = directoryEnd
  return new Map(
    directory.map(([name, bytes]) => {
      at += bytes
      // A copy: pdf.js hands the memory on.
      return [name, Uint8Array.from(content.subarray(at - bytes, at))]
    }),
  )
}
