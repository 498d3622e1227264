import type { ReactNode } from 'react'
import { FilePortProvider } from '../../features/form/file-port.ts'
import { readFormContent } from '../../features/human-input/waiting-form.ts'
import { showInTab } from '../icon.ts'
import { FormPage } from './FormPage.tsx'
import { FormState } from './FormState.tsx'
import { createFormApi, type FormApi } from './form-api.ts'
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
      page: (
        <FilePortProvider value={portOf(api)}>
          <FormPage title={site.title} icon={site} form={readFormContent(form)} onAnswer={api.answer} />
        </FilePortProvider>
      ),
    }
  } catch (error) {
    return { language: undefined, page: <FormState state={faultOf(error)} error={error} onRetry={onRetry} /> }
  }
}

/** Whoever has a form's token may not ask for sizes and addresses; the server judges what it gets. */
function portOf(api: FormApi) {
  const unbounded = Number.POSITIVE_INFINITY
  return {
    limits: async () => ({
      image_file_size_limit: unbounded,
      video_file_size_limit: unbounded,
      audio_file_size_limit: unbounded,
      file_size_limit: unbounded,
    }),
    upload: api.upload,
    describe: async () => ({ mimeType: '', sizeBytes: 0 }),
  }
}
