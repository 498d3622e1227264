import type { S3StorageConfig } from '@trellis/config'
import { describe, expect, it } from 'vitest'
import { type RunningS3, startS3 } from '../../../../tools/test-services/index.ts'
import { toArray } from '../conformance/collect.ts'
import { describeStorage } from '../conformance/describe-storage.ts'
import { createS3Storage } from './create-s3-storage.ts'

function aConfig({ bucket, region, endpoint, credentials }: RunningS3): S3StorageConfig {
  return { type: 's3', bucket, region, endpoint, credentials, usesPathStyle: true }
}

describeStorage(
  'S3',
  async () => {
    const server = await startS3()
    return { storage: createS3Storage(aConfig(server)), close: server.stop }
  },
  // Of s3rver: it walks its folders for a listing, and seals its page tokens with a cipher that OpenSSL has dropped. See the wire tests.
  { rangeToZero: true, listingOrder: true, listingPages: true },
)

describe('S3 that refuses or is away', () => {
  it('says which bucket cannot be written, and why', async () => {
    const server = await startS3()
    const storage = createS3Storage({ ...aConfig(server), bucket: 'no-such-bucket' })
    await expect(storage.check()).rejects.toThrow(/"no-such-bucket" at http:.* cannot be written: NoSuchBucket/)
    await expect(storage.read('a')).rejects.toMatchObject({ code: 'dependency_unavailable' })
    await storage.close()
    await server.stop()
  })

  it('answers dependency_unavailable without the address', async () => {
    const server = await startS3()
    const storage = createS3Storage(aConfig(server))
    await server.stop()
    const refusal = { code: 'dependency_unavailable', message: expect.not.stringContaining('127') }
    await expect(storage.read('a')).rejects.toMatchObject(refusal)
    await expect(storage.write('a', new Uint8Array(1))).rejects.toMatchObject(refusal)
    await expect(toArray(storage.list(''))).rejects.toMatchObject(refusal)
    await storage.close()
  })
})
