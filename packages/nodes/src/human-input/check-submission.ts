import type { PauseReason } from '@trellis/spec'
import { isDict, isList, type Value } from '@trellis/values'
import { type FormInput, readFormInput } from './config.ts'

export interface SubmissionProblem {
  /** The input, or `action`. */
  readonly field: string
  readonly message: string
}

/**
 * What is wrong with an answer to a form, and so keeps it open; undefined where it may be accepted. Whether files exist and may be used
 * is for the one to judge who keeps them.
 */
export function checkSubmission(
  form: Pick<PauseReason, 'inputs' | 'actions'>,
  submission: { readonly actionId: string; readonly values: Readonly<Record<string, Value>> },
): SubmissionProblem | undefined {
  if (!form.actions.some(({ id }) => id === submission.actionId)) {
    const known = form.actions.map(({ id }) => id).join(', ')
    return { field: 'action', message: `The form has no action "${submission.actionId}". Choose one of: ${known}.` }
  }
  for (const declared of form.inputs) {
    const input = readFormInput(declared)
    const field = input.output_variable_name
    if (!Object.hasOwn(submission.values, field)) return { field, message: `The input "${field}" is missing.` }
    const message = checkValue(input, submission.values[field] ?? null)
    if (message !== undefined) return { field, message: `The input "${field}" ${message}` }
  }
  return undefined
}

function checkValue(input: FormInput, value: Value): string | undefined {
  switch (input.type) {
    case 'paragraph':
    case 'text-input':
      return typeof value === 'string' ? undefined : 'must be a text.'
    case 'select':
      return checkChoice(input.option_source, value)
    case 'file':
      return value !== null && isDict(value) ? undefined : 'must be a file.'
    case 'file-list':
      if (!isList(value) || !value.every((item) => item !== null && isDict(item))) return 'must be a list of files.'
      return input.number_limits > 0 && value.length > input.number_limits ? `takes at most ${input.number_limits} files.` : undefined
  }
}

function checkChoice({ type, value: options }: Extract<FormInput, { type: 'select' }>['option_source'], value: Value): string | undefined {
  if (typeof value !== 'string') return 'must be a text.'
  // Where a variable that should have held the options did not, the form could not be answered at all.
  const isFree = type === 'variable' && options.length === 0
  return isFree || options.includes(value) ? undefined : `must be one of: ${options.join(', ')}.`
}
