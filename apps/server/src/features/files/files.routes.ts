import { AppError, consoleFileRoutes, fileRoutes, serviceFileRoutes, type UploadedFile, webFileRoutes } from '@trellis/contracts'
import type { Db } from '@trellis/db'
import type { Storage } from '@trellis/spec'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { handled, type Mount } from '../../http/mount.ts'
import { ANONYMOUS_SESSION, type EndUsers } from '../end-users/index.ts'
import { documentExtensions } from './file-kinds.ts'
import type { FileLinks } from './file-links.ts'
import { findUpload, findUploadByLink, isFileOfApp, type UploadRow } from './files.repository.ts'
import type { FileService, UploadOwner } from './files.service.ts'
import { readUpload } from './read-upload.ts'
import { sendFile } from './send-file.ts'

export interface FileRouteDependencies {
  readonly db: Db
  readonly storage: Storage
  readonly files: FileService
  readonly links: FileLinks
  readonly endUsers: EndUsers
  readonly limits: {
    readonly documentMegabytes: number
    readonly imageMegabytes: number
    readonly audioMegabytes: number
    readonly videoMegabytes: number
    readonly attachmentImageMegabytes: number
    readonly filesPerBatch: number
    readonly imagesPerBatch: number
    readonly attachmentsPerChunk: number
    readonly filesPerRun: number
  }
}

export function mountFileRoutes(mount: Mount, dependencies: FileRouteDependencies): void {
  mountServiceFiles(mount, dependencies)
  mountWebFiles(mount, dependencies)
  mountConsoleFiles(mount, dependencies)
  mountSignedFiles(mount, dependencies)
}

function mountServiceFiles(mount: Mount, { db, storage, files, links, endUsers }: FileRouteDependencies): void {
  mount(serviceFileRoutes.uploadFile).to(async ({ actor, request, reply }) => {
    const upload = await readUpload(request, reply, files.uploads)
    const user = upload.fields.user || ANONYMOUS_SESSION
    const endUser = await endUsers.findOrCreate({ tenantId: actor.tenantId, appId: actor.app.id }, user, 'service_api')
    return presentUpload(await files.store({ tenantId: actor.tenantId, role: 'end_user', id: endUser.id }, upload.file), links)
  })
  mount(serviceFileRoutes.previewFile).to(async ({ actor, params, query, request, reply }) => {
    const upload = await findUpload(db, actor.tenantId, params.file_id)
    if (!upload) throw new AppError('file_not_found')
    if (!(await isFileOfApp(db, actor.app.id, upload.id))) throw new AppError('file_access_denied')
    await sendFile(storage, upload, { asAttachment: query.as_attachment, cacheSeconds: 3600, request, reply })
    return handled
  })
}

function mountWebFiles(mount: Mount, { files, links }: FileRouteDependencies): void {
  const ownerOf = (actor: { tenantId: string; endUser: { id: string } }): UploadOwner => ({
    tenantId: actor.tenantId,
    role: 'end_user',
    id: actor.endUser.id,
  })
  mount(webFileRoutes.uploadWebFile).to(async ({ actor, request, reply }) => {
    const { file } = await readUpload(request, reply, files.uploads)
    return presentUpload(await files.store(ownerOf(actor), file), links)
  })
  mount(webFileRoutes.getWebRemoteFileInfo).to(async ({ params }) => presentRemote(await files.describeRemote(params.url)))
  mount(webFileRoutes.uploadWebRemoteFile).to(async ({ actor, body }) =>
    presentRemoteUpload(await files.storeRemote(ownerOf(actor), body.url), links),
  )
}

function mountConsoleFiles(mount: Mount, { files, links, limits }: FileRouteDependencies): void {
  const ownerOf = (actor: { tenantId: string; accountId: string }): UploadOwner => ({
    tenantId: actor.tenantId,
    role: 'account',
    id: actor.accountId,
  })
  mount(consoleFileRoutes.getUploadLimits).to(async () => ({
    file_size_limit: limits.documentMegabytes,
    batch_count_limit: limits.filesPerBatch,
    file_upload_limit: null,
    image_file_size_limit: limits.imageMegabytes,
    video_file_size_limit: limits.videoMegabytes,
    audio_file_size_limit: limits.audioMegabytes,
    workflow_file_upload_limit: limits.filesPerRun,
    image_file_batch_limit: limits.imagesPerBatch,
    single_chunk_attachment_limit: limits.attachmentsPerChunk,
    attachment_image_file_size_limit: limits.attachmentImageMegabytes,
  }))
  mount(consoleFileRoutes.uploadConsoleFile).to(async ({ actor, request, reply }) => {
    const { file } = await readUpload(request, reply, files.uploads)
    return presentUpload(await files.store(ownerOf(actor), file), links)
  })
  mount(consoleFileRoutes.getSupportedFileTypes).to(async () => ({ allowed_extensions: [...documentExtensions] }))
  mount(consoleFileRoutes.getRemoteFileInfo).to(async ({ params }) => presentRemote(await files.describeRemote(params.url)))
  mount(consoleFileRoutes.uploadRemoteFile).to(async ({ actor, body }) =>
    presentRemoteUpload(await files.storeRemote(ownerOf(actor), body.url), links),
  )
}

function mountSignedFiles(mount: Mount, { db, storage, links }: FileRouteDependencies): void {
  const send = async (
    kind: 'file-preview' | 'image-preview',
    id: string,
    query: SignedQuery,
    exchange: Exchange,
  ): Promise<typeof handled> => {
    const upload = links.isValid(kind, id, query) ? await findUploadByLink(db, id) : undefined
    if (!upload) throw new AppError('not_found', { message: 'This link is not valid, or no longer.' })
    await sendFile(storage, upload, { asAttachment: query.as_attachment ?? false, cacheSeconds: 0, ...exchange })
    return handled
  }
  mount(fileRoutes.getSignedFile).to(async ({ params, query, request, reply }) =>
    send('file-preview', params.file_id, query, { request, reply }),
  )
  mount(fileRoutes.getSignedImage).to(async ({ params, query, request, reply }) =>
    send('image-preview', params.file_id, query, { request, reply }),
  )
}

interface SignedQuery {
  readonly timestamp: string
  readonly nonce: string
  readonly sign: string
  readonly as_attachment?: boolean
}

interface Exchange {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

const presentRemote = ({ mimeType, size }: { readonly mimeType: string; readonly size: number }) => ({
  file_type: mimeType,
  file_length: size,
})

/** What an upload answers. */
export const presentUpload = (row: UploadRow, links: FileLinks): UploadedFile => ({
  id: row.id,
  name: row.name,
  size: row.size,
  extension: row.extension,
  mime_type: row.mime_type,
  created_by: row.created_by,
  created_at: Math.floor(row.created_at / 1000),
  preview_url: null,
  source_url: row.source_url || links.signedUrl(row.id),
  original_url: null,
  user_id: null,
  tenant_id: row.tenant_id,
  conversation_id: null,
  file_key: null,
  reference: null,
})

const presentRemoteUpload = (row: UploadRow, links: FileLinks) => ({
  ...presentUpload(row, links),
  extension: row.extension,
  url: links.signedUrl(row.id),
  created_by: row.created_by,
  created_at: Math.floor(row.created_at / 1000),
})
