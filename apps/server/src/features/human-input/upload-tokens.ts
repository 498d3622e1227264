import { AppError } from '@trellis/contracts'
import { createSignedTokens } from '@trellis/kit'
import type { Clock } from '@trellis/spec'

/** Proofs that whoever has them may upload files for one form. */
export interface UploadTokens {
  issue(formId: string): Promise<{ readonly token: string; readonly expiresAtMs: number }>
  /** The form that it is for. @throws `unauthorized` */
  read(token: string | undefined): Promise<string>
}

const SUBJECT = 'Human Input Upload'
const LIFETIME_MS = 3_600_000

export function createUploadTokens({ clock, secretKey }: { readonly clock: Clock; readonly secretKey: string }): UploadTokens {
  const tokens = createSignedTokens(secretKey)
  return {
    async issue(formId) {
      const expiresAtMs = clock.now() + LIFETIME_MS
      return { token: tokens.sign({ sub: SUBJECT, form_id: formId, exp: Math.floor(expiresAtMs / 1000) }), expiresAtMs }
    },
    async read(token) {
      if (!token) throw new AppError('unauthorized', { message: 'Send the upload token as "Authorization: Bearer <token>".' })
      const claims = tokens.read(token, clock.now())
      if (claims?.['sub'] !== SUBJECT) {
        throw new AppError('unauthorized', { message: 'The upload token is not valid, or no longer. Ask for another.' })
      }
      if (typeof claims['form_id'] !== 'string') throw new AppError('unauthorized')
      return claims['form_id']
    },
  }
}
