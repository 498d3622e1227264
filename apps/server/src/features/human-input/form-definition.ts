import type { HumanInputForm, WaitingForm } from '@trellis/contracts'
import { dumpJson, isDict, parseJson, type Value } from '@trellis/values'
import { toSeconds } from '../../http/compat/seconds.ts'
import type { FormRow } from './forms.repository.ts'

/** What came in with an answer, as the form's row keeps it. */
export interface StoredSubmission {
  readonly actionId: string
  readonly actionTitle: string
  readonly values: Readonly<Record<string, Value>>
  /** The form with what was answered in the places of its inputs. */
  readonly renderedContent: string
}

// Both are made of values, and so is what JSON gives back of them.
export const writeDefinition = (form: WaitingForm): string => dumpJson(form as unknown as Value)
export const readDefinition = (row: Pick<FormRow, 'definition'>): WaitingForm => parseJson(row.definition) as unknown as WaitingForm // as above

export const writeSubmission = (submission: StoredSubmission): string => dumpJson(submission as unknown as Value) // as above
export function readSubmission(row: Pick<FormRow, 'submission'>): StoredSubmission | undefined {
  const stored = row.submission === null ? null : parseJson(row.submission)
  // Written by `writeSubmission`.
  return stored !== null && isDict(stored) ? (stored as unknown as StoredSubmission) : undefined
}

/** Actions as the wire has them. */
export const presentActions = ({ actions }: Pick<WaitingForm, 'actions'>) =>
  actions.map(({ id, title, buttonStyle }) => ({ id, title, button_style: buttonStyle }))

export function presentForm(row: FormRow): HumanInputForm {
  const form = readDefinition(row)
  return {
    form_content: form.formContent,
    inputs: form.inputs,
    resolved_default_values: form.resolvedDefaults,
    user_actions: presentActions(form),
    expiration_time: toSeconds(row.expires_at),
  }
}
