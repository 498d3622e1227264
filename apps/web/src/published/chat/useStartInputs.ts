import { findFaults, initialValues } from '../../features/form/form-values.ts'
import { type FormState, useForm } from '../../features/form/useForm.ts'
import { useInputForm } from '../input-form.ts'

export interface StartInputs extends Omit<FormState, 'clear'> {
  readonly startedWith: Readonly<Record<string, unknown>> | undefined
  /** What was passed in with the page's address leaves nothing to ask. */
  readonly isPassedIn: boolean
}

/** The form of a conversation: filled in once, then sent along unchanged. */
export function useStartInputs(startedWith: Readonly<Record<string, unknown>> | undefined): StartInputs {
  const variables = useInputForm()
  const form = useForm(variables)
  const { shown } = form
  const isPassedIn = shown.some((variable) => variable.isPassedIn === true) && findFaults(shown, initialValues(shown)).length === 0
  return { ...form, startedWith, isPassedIn, collect: () => (startedWith ? { ...startedWith } : form.collect()) }
}
