import fc from 'fast-check'
import { expect, it } from 'vitest'
import { toArray } from '../conformance/collect.ts'
import { toParts } from './s3-upload.ts'

async function* aStream(sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let position = 0
  for (const size of sizes) {
    yield Uint8Array.from({ length: size }, () => position++ % 251)
  }
}

it('cuts any stream into full parts and one rest, losing nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(30)), async (sizes) => {
      const parts = await toArray(toParts(aStream(sizes), 10))
      expect(Buffer.concat(parts)).toEqual(Buffer.concat(await toArray(aStream(sizes))))
      expect(parts.slice(0, -1).every((part) => part.length === 10)).toBe(true)
      expect(parts.every((part) => part.length > 0)).toBe(true)
    }),
  )
})
