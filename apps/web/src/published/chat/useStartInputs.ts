import { useMemo } from 'react'
import { type FormState, useForm } from '../../features/form/useForm.ts'
import { readInputForm } from '../input-form.ts'
import { usePublishedApp } from '../published-app.ts'

export interface StartInputs extends Omit<FormState, 'clear'> {
  readonly startedWith: Readonly<Record<string, unknown>> | undefined
}

/** The form of a conversation: filled in once, then sent along unchanged. */
export function useStartInputs(startedWith: Readonly<Record<string, unknown>> | undefined): StartInputs {
  const { parameters } = usePublishedApp()
  const form = useForm(useMemo(() => readInputForm(parameters), [parameters]))
  return { ...form, startedWith, collect: () => (startedWith ? { ...startedWith } : form.collect()) }
}
