import { AppError } from '@trellis/contracts'
import type { Clock } from '@trellis/spec'
import { jwtVerify, SignJWT } from 'jose'

/** Proofs that whoever has them may upload files for one form. */
export interface UploadTokens {
  issue(formId: string): Promise<{ readonly token: string; readonly expiresAtMs: number }>
  /** The form that it is for. @throws `unauthorized` */
  read(token: string | undefined): Promise<string>
}

const SUBJECT = 'Human Input Upload'
const LIFETIME_MS = 3_600_000

export function createUploadTokens({ clock, secretKey }: { readonly clock: Clock; readonly secretKey: string }): UploadTokens {
  const key = new TextEncoder().encode(secretKey)
  return {
    async issue(formId) {
      const expiresAtMs = clock.now() + LIFETIME_MS
      const token = await new SignJWT({ sub: SUBJECT, form_id: formId, exp: Math.floor(expiresAtMs / 1000) })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .sign(key)
      return { token, expiresAtMs }
    },
    async read(token) {
      if (!token) throw new AppError('unauthorized', { message: 'Send the upload token as "Authorization: Bearer <token>".' })
      const options = { algorithms: ['HS256'], subject: SUBJECT, currentDate: new Date(clock.now()) }
      const { payload } = await jwtVerify(token, key, options).catch((cause: unknown) => {
        throw new AppError('unauthorized', { message: 'The upload token is not valid, or no longer. Ask for another.', cause })
      })
      if (typeof payload.form_id !== 'string') throw new AppError('unauthorized')
      return payload.form_id
    },
  }
}
