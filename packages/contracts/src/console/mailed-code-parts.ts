import { z } from 'zod'

/** What a code is sent with: `data` is the token that must come back beside the code. */
export const codeSent = z.object({ result: z.literal('success'), data: z.string() })
/** A code that was right: the new token opens the next step. */
export const codeProven = z.object({ is_valid: z.literal(true), email: z.string(), token: z.string() })
export const token = z.string().max(255, 'The token is too long.')
export const code = z.string().trim().max(64, 'The code is too long.')

/** Why a code is not accepted, beside a limit of the purpose's own. */
export const codeRefusals = ['invalid_or_expired_token', 'invalid_email', 'email_code_error'] as const
