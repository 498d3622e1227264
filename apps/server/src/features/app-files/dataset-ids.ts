import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import { isUuid } from '@trellis/kit'

/** Ids of knowledge as app files carry them (workflow spec 1.5): only their own workspace can read them. */

const keyOf = (tenantId: string): Buffer => createHash('sha256').update(tenantId).digest()

export function encryptDatasetId(tenantId: string, datasetId: string): string {
  const key = keyOf(tenantId)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16))
  return Buffer.concat([cipher.update(datasetId, 'utf8'), cipher.final()]).toString('base64')
}

/** Undefined for what is of another workspace, or no id at all. */
export function decryptDatasetId(tenantId: string, text: string): string | undefined {
  if (isUuid(text)) return text
  const key = keyOf(tenantId)
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16))
  try {
    const id = Buffer.concat([decipher.update(text, 'base64'), decipher.final()]).toString('utf8')
    return isUuid(id) ? id : undefined
  } catch {
    // Another key's, or no cipher text.
    return undefined
  }
}
