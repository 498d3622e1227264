import { pbkdf2, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { hash, verify } from '@node-rs/argon2'

/** argon2id with OWASP's first recommendation: 19 MiB, two passes, one lane. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
const DIFY_PREFIX = 'dify-pbkdf2$'
const DIFY_ITERATIONS = 10_000

export const hashPassword = (password: string): Promise<string> => hash(password, PARAMETERS)

/** A hash of nothing that anyone knows: checking against it takes the time that a real check takes. */
const DECOY = '$argon2id$v=19$m=19456,t=2,p=1$fNkSArbdxvR5m/UDxnXCmQ$YA8r71TOtCuS6pAPecxnKjvoQWh0JEj79e/YzPaDRuM'

export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  if (stored?.startsWith(DIFY_PREFIX)) return verifyDifyPassword(stored, password)
  const isRight = await verify(stored ?? DECOY, password).catch(() => false)
  return stored !== null && isRight
}

/** Hashes that came from a Dify installation are replaced at the next sign-in. */
export const needsRehash = (stored: string): boolean => !stored.startsWith('$argon2id$')

/** `dify-pbkdf2$<salt base64>$<base64 of the hex digest>` (runtime 8.2). */
async function verifyDifyPassword(stored: string, password: string): Promise<boolean> {
  const [, salt = '', expected = ''] = stored.split('$')
  const digest = await promisify(pbkdf2)(password, Buffer.from(salt, 'base64'), DIFY_ITERATIONS, 32, 'sha256')
  const given = Buffer.from(Buffer.from(digest.toString('hex')).toString('base64'))
  const wanted = Buffer.from(expected)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
