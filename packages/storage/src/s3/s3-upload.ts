import type { S3Client } from '@aws-sdk/client-s3'

type Sdk = typeof import('@aws-sdk/client-s3')

export interface UploadTarget {
  readonly sdk: Sdk
  readonly client: S3Client
  readonly bucket: string
  readonly key: string
  readonly contentType: string | undefined
}

/** Above the store's least of 5 MiB; 10 000 parts of it make 80 GiB. */
const PART_BYTES = 8 * 1024 * 1024

export async function putObject({ sdk, client, bucket, key, contentType }: UploadTarget, content: Uint8Array): Promise<void> {
  await client.send(
    new sdk.PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: content,
      ContentLength: content.length,
      ...(contentType ? { ContentType: contentType } : {}),
    }),
  )
}

/** Holds one part in memory at a time. What fits into one is put at once; the rest goes up in parts and appears when the last is there. */
export async function putStream(target: UploadTarget, content: AsyncIterable<Uint8Array>): Promise<void> {
  const parts = toParts(content)
  const first = await parts.next()
  const second = first.done ? first : await parts.next()
  if (second.done) return putObject(target, first.done ? new Uint8Array() : first.value)
  await putParts(target, prepend([first.done ? new Uint8Array() : first.value, second.value], parts))
}

async function putParts({ sdk, client, bucket, key, contentType }: UploadTarget, parts: AsyncIterable<Uint8Array>): Promise<void> {
  const where = { Bucket: bucket, Key: key }
  const { UploadId } = await client.send(
    new sdk.CreateMultipartUploadCommand({ ...where, ...(contentType ? { ContentType: contentType } : {}) }),
  )
  try {
    const uploaded: { PartNumber: number; ETag: string | undefined }[] = []
    for await (const part of parts) {
      const PartNumber = uploaded.length + 1
      const { ETag } = await client.send(
        new sdk.UploadPartCommand({ ...where, UploadId, PartNumber, Body: part, ContentLength: part.length }),
      )
      uploaded.push({ PartNumber, ETag })
    }
    await client.send(new sdk.CompleteMultipartUploadCommand({ ...where, UploadId, MultipartUpload: { Parts: uploaded } }))
  } catch (error) {
    // The first failure is the one to tell; a store that is away forgets the parts by its own rules.
    await client.send(new sdk.AbortMultipartUploadCommand({ ...where, UploadId })).catch(() => undefined)
    throw error
  }
}

/** Joins and cuts what comes into parts of equal size; only the last is smaller. */
export async function* toParts(content: AsyncIterable<Uint8Array>, partBytes = PART_BYTES): AsyncGenerator<Uint8Array> {
  let pieces: Uint8Array[] = []
  let size = 0
  for await (const chunk of content) {
    let rest = chunk
    while (size + rest.length >= partBytes) {
      const cut = partBytes - size
      yield Buffer.concat([...pieces, rest.subarray(0, cut)])
      pieces = []
      size = 0
      rest = rest.subarray(cut)
    }
    if (rest.length > 0) pieces.push(rest)
    size += rest.length
  }
  if (size > 0) yield Buffer.concat(pieces)
}

async function* prepend(first: readonly Uint8Array[], rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* first
  yield* rest
}
