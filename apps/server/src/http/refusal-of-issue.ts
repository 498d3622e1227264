import type { Refusal, RefusalReason } from '@trellis/contracts'
import type { z } from 'zod'

/** What a schema had to say against a field; undefined where it is a rule of its own, which its message alone tells. */
export function refusalOfIssue(issue: z.core.$ZodIssue): Refusal | undefined {
  const told = tell(issue)
  return (
    told && { reason: told[0], values: { field: issue.path.join('.'), ...told[1], ...(isOwnSentence(issue) && { said: issue.message }) } }
  )
}

/** What a schema had to say against a document that is part of a request, at a path within its section. */
export function refusalWithin(section: string, issue: z.core.$ZodIssue | undefined): Refusal | undefined {
  const path = [section, ...(issue?.path ?? [])]
  return (issue && refusalOfIssue({ ...issue, path })) ?? { reason: 'field_form', values: { field: path.join('.') } }
}

/** Of the schema, which says more than the kind of the fault; the others are the library's. */
const isOwnSentence = ({ message }: z.core.$ZodIssue): boolean => !/^(Invalid|Too (big|small)|Unrecognized)\b/.test(message)

type Told = readonly [RefusalReason, Refusal['values']?]

function tell(issue: z.core.$ZodIssue): Told | undefined {
  switch (issue.code) {
    case 'invalid_type':
      // What was given is not told; by a sentence of the schema's own it may be missing or of another kind.
      return [isOwnSentence(issue) ? 'field_form' : issue.message.endsWith('received undefined') ? 'field_missing' : 'field_kind']
    case 'too_big':
      if (issue.inclusive === false) return undefined
      return [tooBig[issue.origin] ?? 'field_too_great', { limit: Number(issue.maximum) }]
    case 'too_small':
      if (issue.origin === 'string' && issue.minimum === 1) return ['field_empty']
      if (issue.inclusive === false) return ['field_must_exceed', { limit: Number(issue.minimum) }]
      return [tooSmall[issue.origin] ?? 'field_too_small', { limit: Number(issue.minimum) }]
    case 'invalid_value':
      return ['field_choice', { offered: issue.values.map(String).join(', ') }]
    case 'invalid_format':
      // A pattern is a rule of its own.
      return issue.format === 'regex' ? undefined : ['field_form']
    default:
      return undefined
  }
}

const tooBig: Readonly<Record<string, RefusalReason>> = { string: 'field_too_long', array: 'field_too_many', set: 'field_too_many' }
const tooSmall: Readonly<Record<string, RefusalReason>> = { string: 'field_too_short', array: 'field_too_few', set: 'field_too_few' }
