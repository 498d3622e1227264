import type { RefusalReason } from '@trellis/contracts'
import type { PauseReason } from '@trellis/spec'
import { isDict, isList, type Value } from '@trellis/values'
import { type FormInput, readFormInput } from './config.ts'

export interface SubmissionProblem {
  /** The input, or `action`. */
  readonly field: string
  readonly message: string
  readonly reason: RefusalReason
  /** What its sentence needs beside the field. */
  readonly values?: Readonly<Record<string, string | number>>
}

type ValueProblem = Omit<SubmissionProblem, 'field'>

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
    return { field: 'action', message: `The form has no action "${submission.actionId}". Choose one of: ${known}.`, reason: 'form_action' }
  }
  for (const declared of form.inputs) {
    const input = readFormInput(declared)
    const field = input.output_variable_name
    if (!Object.hasOwn(submission.values, field)) return { field, message: `The input "${field}" is missing.`, reason: 'input_missing' }
    const problem = checkValue(input, submission.values[field] ?? null)
    if (problem) return { ...problem, field, message: `The input "${field}" ${problem.message}` }
  }
  return undefined
}

function checkValue(input: FormInput, value: Value): ValueProblem | undefined {
  switch (input.type) {
    case 'paragraph':
    case 'text-input':
      return typeof value === 'string' ? undefined : notText
    case 'select':
      return checkChoice(input.option_source, value)
    case 'file':
      return value !== null && isDict(value) ? undefined : { message: 'must be a file.', reason: 'input_file' }
    case 'file-list':
      if (!isList(value) || !value.every((item) => item !== null && isDict(item)))
        return { message: 'must be a list of files.', reason: 'input_files' }
      return checkCount(value.length, input.number_limits)
  }
}

const notText: ValueProblem = { message: 'must be a text.', reason: 'input_text' }

function checkCount(count: number, limit: number): ValueProblem | undefined {
  if (limit <= 0 || count <= limit) return undefined
  return { message: `takes at most ${limit} files.`, reason: 'input_files_at_most', values: { limit } }
}

type OptionSource = Extract<FormInput, { type: 'select' }>['option_source']

function checkChoice({ type, value: options }: OptionSource, value: Value): ValueProblem | undefined {
  if (typeof value !== 'string') return notText
  // Where a variable that should have held the options did not, the form could not be answered at all.
  const isFree = type === 'variable' && options.length === 0
  if (isFree || options.includes(value)) return undefined
  const offered = options.join(', ')
  return { message: `must be one of: ${offered}.`, reason: 'input_choice', values: { offered } }
}
