import { createHmac, timingSafeEqual } from 'node:crypto'
import { randomHex } from '@trellis/kit'
import type { Clock } from '@trellis/spec'

/** Links that open one file for a short time (service-api 6.4): HMAC-SHA256 under the installation's secret. */
export interface FileLinks {
  /** An address for the file, valid from now on for the configured time. */
  signedUrl(fileId: string): string
  /** The same for the whole value of a variable of a draft. */
  signedVariableUrl(variableId: string): string
  isValid(kind: LinkKind, fileId: string, query: { readonly timestamp: string; readonly nonce: string; readonly sign: string }): boolean
}

export type LinkKind = 'file-preview' | 'image-preview' | 'draft-variable'

export interface FileLinkDependencies {
  readonly clock: Clock
  readonly secretKey: string
  /** Without a trailing slash; empty for links relative to the page. */
  readonly baseUrl: string
  readonly lifetimeSeconds: number
}

export function createFileLinks({ clock, secretKey, baseUrl, lifetimeSeconds }: FileLinkDependencies): FileLinks {
  const now = (): number => Math.floor(clock.now() / 1000)
  const sign = (kind: LinkKind, fileId: string, timestamp: string, nonce: string): string =>
    // URL-safe alphabet with its padding kept, as Dify's verifiers expect.
    createHmac('sha256', secretKey)
      .update(`${kind}|${fileId}|${timestamp}|${nonce}`)
      .digest('base64')
      .replaceAll('+', '-')
      .replaceAll('/', '_')
  const signedQuery = (kind: LinkKind, id: string): URLSearchParams => {
    const timestamp = String(now())
    const nonce = randomHex(16)
    return new URLSearchParams({ timestamp, nonce, sign: sign(kind, id, timestamp, nonce) })
  }
  return {
    signedUrl: (fileId) => `${baseUrl}/files/${fileId}/file-preview?${signedQuery('file-preview', fileId)}`,
    signedVariableUrl: (variableId) => `${baseUrl}/files/draft-variables/${variableId}?${signedQuery('draft-variable', variableId)}`,
    isValid(kind, fileId, { timestamp, nonce, sign: given }) {
      const wanted = Buffer.from(sign(kind, fileId, timestamp, nonce))
      const actual = Buffer.from(given)
      if (wanted.length !== actual.length || !timingSafeEqual(wanted, actual)) return false
      const age = now() - Number(timestamp)
      return Number.isFinite(age) && age <= lifetimeSeconds
    },
  }
}
