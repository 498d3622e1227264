import type { AppParameters } from '@trellis/contracts'
import { useMemo } from 'react'
import type { FormItem } from '../api/types/apps.ts'
import { type FormVariable, parseForm } from '../features/app/user-input-form.ts'
import { fillForm } from './embedded/fill-form.ts'
import type { PassedIn } from './embedded/passed-in.ts'
import { usePublishedApp } from './published-app.ts'

/** The fields that a visitor fills in, with what was passed in; hidden ones included: those keep it, or their defaults. */
export function readInputForm(parameters: AppParameters, passedIn: PassedIn): readonly FormVariable[] {
  // The parameters' items have one key each and fields of our console's shape; their other keys are carried along.
  return fillForm(parseForm(parameters.user_input_form as readonly FormItem[]), passedIn)
}

/** The same, of the page on view. */
export function useInputForm(): readonly FormVariable[] {
  const { parameters, passedIn } = usePublishedApp()
  return useMemo(() => readInputForm(parameters, passedIn), [parameters, passedIn])
}

export interface InputSummaryItem {
  readonly name: string
  readonly label: string
  readonly value: string | boolean
}

/** What was entered, for reading. */
export function summarizeInputs(shown: readonly FormVariable[], inputs: Readonly<Record<string, unknown>>): InputSummaryItem[] {
  return shown.map(({ variable, label, type }) => {
    const value = inputs[variable]
    return { name: variable, label, value: type === 'checkbox' ? value === true : toText(value) }
  })
}

function toText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(toText).join('\n')
  if (typeof value !== 'object') return String(value)
  return fileNameOf(value) ?? JSON.stringify(value, null, 2)
}

/** Files are told by their names, or else by where they are. */
function fileNameOf(value: object): string | undefined {
  if (!('transfer_method' in value)) return undefined
  const named = [(value as { filename?: unknown }).filename, (value as { url?: unknown }).url] // Keys that files of a run may have.
  return named.find((name): name is string => typeof name === 'string' && name !== '') ?? '…'
}
