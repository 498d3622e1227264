import { ApiError } from '../../api/api-error.ts'

/** Why there is nothing to fill in: `failed` may go well another time, the others never will. */
export type FormFault = 'submitted' | 'expired' | 'unknown' | 'failed'

export function faultOf(error: unknown): FormFault {
  if (!(error instanceof ApiError)) return 'failed'
  if (error.code === 'human_input_form_submitted') return 'submitted'
  if (error.code === 'human_input_form_expired') return 'expired'
  return error.status === 404 ? 'unknown' : 'failed'
}
