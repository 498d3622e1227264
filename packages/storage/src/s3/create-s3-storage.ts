import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3'
import type { S3StorageConfig } from '@trellis/config'
import { AppError } from '@trellis/contracts'
import type { Storage } from '@trellis/spec'
import { assertRange, assertStorageKey, assertStoragePrefix } from '../storage-key.ts'
import { isMissing, toS3Error } from './s3-error.ts'
import { putObject, putStream } from './s3-upload.ts'

type Sdk = typeof import('@aws-sdk/client-s3')

interface Session {
  readonly sdk: Sdk
  readonly client: S3Client
}

const CHECK_KEY = '.trellis-check'

/** Files in a bucket of S3 or of a store that speaks its protocol. The client library is loaded when it is first used. */
export function createS3Storage(config: S3StorageConfig): Storage {
  const { bucket } = config
  let session: Promise<Session> | undefined
  const open = (): Promise<Session> => {
    session ??= connect(config)
    return session
  }

  async function write(key: string, content: Uint8Array | AsyncIterable<Uint8Array>, contentType: string | undefined): Promise<void> {
    const target = { ...(await open()), bucket, key, contentType }
    await (content instanceof Uint8Array ? putObject(target, content) : putStream(target, content))
  }
  async function remove(key: string): Promise<void> {
    const { sdk, client } = await open()
    await client.send(new sdk.DeleteObjectCommand({ Bucket: bucket, Key: key }))
  }

  return {
    async write(key, content, options = {}) {
      assertStorageKey(key)
      await translating(() => write(key, content, options.contentType))
    },
    async read(key) {
      assertStorageKey(key)
      return translating(async () => {
        const { sdk, client } = await open()
        const { Body } = await client.send(new sdk.GetObjectCommand({ Bucket: bucket, Key: key }))
        return Body === undefined ? new Uint8Array() : Body.transformToByteArray()
      })
    },
    readStream: (key, range) => readStream(open, { bucket, key, range }),
    async size(key) {
      assertStorageKey(key)
      return translating(async () => {
        const { sdk, client } = await open()
        try {
          return (await client.send(new sdk.HeadObjectCommand({ Bucket: bucket, Key: key }))).ContentLength ?? 0
        } catch (error) {
          if (isMissing(error)) return undefined
          throw error
        }
      })
    },
    async delete(key) {
      assertStorageKey(key)
      await translating(() => remove(key))
    },
    list: (prefix) => list(open, bucket, prefix),
    async check() {
      try {
        await write(CHECK_KEY, new Uint8Array([1]), undefined)
        await remove(CHECK_KEY)
      } catch (cause) {
        const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)
        const place = `The bucket "${bucket}"${config.endpoint === undefined ? '' : ` at ${config.endpoint}`}`
        throw new AppError('dependency_unavailable', { message: `${place} cannot be written: ${reason}. Check the S3_* settings.`, cause })
      }
    },
    async close() {
      const opened = await session?.catch(() => undefined) // what could not be opened needs no closing
      opened?.client.destroy()
    },
  }
}

async function connect({ region, endpoint, credentials, usesPathStyle }: S3StorageConfig): Promise<Session> {
  const sdk = await import('@aws-sdk/client-s3')
  const options: S3ClientConfig = {
    region,
    forcePathStyle: usesPathStyle,
    // Other stores refuse the checksums that AWS's library adds by default.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(endpoint === undefined ? {} : { endpoint }),
    // Without them the library looks at the machine: environment, profile, role.
    ...(credentials === undefined ? {} : { credentials }),
  }
  return { sdk, client: new sdk.S3Client(options) }
}

interface Reading {
  readonly bucket: string
  readonly key: string
  readonly range: { readonly start: number; readonly end: number } | undefined
}

async function* readStream(open: () => Promise<Session>, { bucket, key, range }: Reading): AsyncGenerator<Uint8Array> {
  assertStorageKey(key)
  if (range) assertRange(range)
  const leave = new AbortController()
  try {
    const { sdk, client } = await open()
    const command = new sdk.GetObjectCommand({ Bucket: bucket, Key: key, ...(range ? { Range: `bytes=${range.start}-${range.end}` } : {}) })
    const { Body } = await client.send(command, { abortSignal: leave.signal })
    // Under Node the body is a Readable, which the library's type does not promise.
    if (Body) yield* Body as unknown as AsyncIterable<Uint8Array>
  } catch (error) {
    throw toS3Error(error)
  } finally {
    // A reader who leaves early must not leave the connection busy.
    leave.abort()
  }
}

async function* list(open: () => Promise<Session>, bucket: string, prefix: string): AsyncGenerator<string> {
  assertStoragePrefix(prefix)
  const { sdk, client } = await open()
  let token: string | undefined
  do {
    const from = token
    const page = await translating(() =>
      client.send(
        new sdk.ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ...(from === undefined ? {} : { ContinuationToken: from }) }),
      ),
    )
    for (const { Key } of page.Contents ?? []) {
      if (Key !== undefined) yield Key
    }
    token = page.IsTruncated ? page.NextContinuationToken : undefined
  } while (token !== undefined)
}

async function translating<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw toS3Error(error)
  }
}
