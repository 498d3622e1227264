import { useMemo } from 'react'
import { parseUserInputForm } from '../../app/user-input-form.ts'
import { type FormState, useForm } from '../../form/useForm.ts'
import { useConfig } from '../useConfig.ts'

/** The form beside the editor: that of the draft as it is now. */
export function usePreviewForm(): FormState {
  const { config } = useConfig()
  return useForm(useMemo(() => parseUserInputForm(config.user_input_form), [config.user_input_form]))
}
