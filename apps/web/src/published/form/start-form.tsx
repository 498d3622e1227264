import type { ReactNode } from 'react'
import { readFormContent } from '../../features/human-input/waiting-form.ts'
import { showInTab } from '../icon.ts'
import { FormPage } from './FormPage.tsx'
import { FormState } from './FormState.tsx'
import { createFormApi } from './form-api.ts'
import { faultOf } from './form-fault.ts'

export interface OpenedForm {
  readonly language: string | undefined
  readonly page: ReactNode
}

/** Brings a form by its token, or says why there is none to fill in. */
export async function openForm(token: string, onRetry: () => void): Promise<OpenedForm> {
  const api = createFormApi(token)
  try {
    const form = await api.get()
    const { site } = form.site
    showInTab(site)
    return {
      language: site.default_language,
      page: <FormPage title={site.title} icon={site} form={readFormContent(form)} api={api} />,
    }
  } catch (error) {
    return { language: undefined, page: <FormState state={faultOf(error)} error={error} onRetry={onRetry} /> }
  }
}
