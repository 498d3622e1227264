import type { UploadedFile, WebSite } from '@trellis/contracts'
import type { FilePort } from '../../api/files-api.ts'
import { createHttpClient } from '../../api/http-client.ts'
import { sendFile } from '../../api/send-file.ts'
import { basePath } from '../../base-path.ts'
import { createUploadPass, type UploadPass } from './upload-pass.ts'

export interface FormAnswer {
  readonly inputs: Record<string, unknown>
  /** Id of the button that was pressed. */
  readonly action: string
}

/** A form as its route answers it: what `readFormContent` reads, and the look of its app. */
export type OpenForm = Readonly<Record<string, unknown>> & { readonly site: WebSite }

/** What a form's page asks its server: the token is all that it needs. Each call throws ApiError. */
export interface FormApi extends Pick<FilePort, 'upload'> {
  get(): Promise<OpenForm>
  answer(answer: FormAnswer): Promise<void>
}

export function createFormApi(token: string): FormApi {
  const http = createHttpClient({ baseUrl: `${basePath()}/api`, fetch: (input, init) => fetch(input, init) })
  const path = `/form/human_input/${token}`
  const uploadPass = createUploadPass(() => http.post<UploadPass>(`${path}/upload-token`))
  return {
    get: () => http.get(path),
    answer: (answer) => http.post(path, answer),
    async upload(file, options) {
      const headers = { authorization: `Bearer ${await uploadPass()}` }
      const answer = await sendFile({ url: `${basePath()}/api/human-input-forms/files`, headers, file, ...options })
      // Our own server's answer, in the shape of its contract.
      return (answer as UploadedFile).id
    },
  }
}
