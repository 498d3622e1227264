import { webHumanInputRoutes as routes } from '@trellis/contracts'
import type { Db } from '@trellis/db'
import type { FastifyRequest } from 'fastify'
import { toSeconds } from '../../http/compat/seconds.ts'
import type { Mount } from '../../http/mount.ts'
import { type FileLinks, type FileService, presentUpload, readUploadOrUrl } from '../files/index.ts'
import type { FormService } from './forms.service.ts'
import type { UploadTokens } from './upload-tokens.ts'

export interface FormUploadDependencies {
  readonly db: Db
  readonly forms: FormService
  readonly uploadTokens: UploadTokens
  readonly files: FileService
  readonly fileLinks: FileLinks
}

/** Files of an answer, uploaded by whoever has the form's token. */
export function mountFormUploadRoutes(mount: Mount, { forms, uploadTokens, files, fileLinks }: FormUploadDependencies): void {
  mount(routes.createFormUploadToken).to(async ({ params }) => {
    const { form } = await forms.open(params.form_token)
    const { token, expiresAtMs } = await uploadTokens.issue(form.id)
    return { upload_token: token, expires_at: toSeconds(expiresAtMs) }
  })
  mount(routes.uploadFormFile).to(async ({ request, reply }) => {
    const form = await forms.openById(await uploadTokens.read(bearerOf(request)))
    const owner = { tenantId: form.tenant_id, role: 'end_user' as const, id: form.id }
    const upload = await readUploadOrUrl(request, reply, files.uploads)
    return presentUpload('url' in upload ? await files.storeRemote(owner, upload.url) : await files.store(owner, upload.file), fileLinks)
  })
}

const bearerOf = ({ headers }: FastifyRequest): string | undefined => /^bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1]
