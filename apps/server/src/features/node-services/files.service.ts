import { AppError } from '@trellis/contracts'
import type { Db } from '@trellis/db'
import type { ContentPart, FileService, RunFacts, Storage } from '@trellis/spec'
import { FILE_IDENTITY, type FileValue } from '@trellis/variables'
import {
  type FileLinks,
  fileTypeOf,
  findUploadOfRun,
  keepRunFiles,
  type FileService as StoredFiles,
  type UploadRow,
} from '../files/index.ts'

export interface NodeFileDependencies {
  readonly db: Db
  readonly storage: Storage
  readonly files: Pick<StoredFiles, 'store' | 'fetchRemote'>
  readonly fileLinks: FileLinks
  /** Whether models get files by address instead of as bytes (`MULTIMODAL_SEND_FORMAT`); providers must reach it. */
  readonly sendsUrls: boolean
  readonly run: Pick<RunFacts, 'tenantId' | 'appId' | 'runId' | 'userId' | 'invokeFrom'>
}

interface ReadFile {
  readonly bytes: Uint8Array
  readonly mimeType: string
}

/** The files of a run: those that its user sent, those that lie elsewhere, and those that its nodes make. */
export function createNodeFiles(dependencies: NodeFileDependencies): FileService {
  const { db, storage, files, fileLinks, sendsUrls, run } = dependencies
  const read = async (file: FileValue): Promise<ReadFile> => {
    const url = remoteUrlOf(file)
    if (url !== undefined) return files.fetchRemote(url)
    const upload = await getUpload(dependencies, file)
    return { bytes: await storage.read(upload.storage_key), mimeType: upload.mime_type }
  }
  const toSource = async (file: FileValue) => {
    const url = remoteUrlOf(file)
    // A remote file's address is the provider's to fetch, as in the basic apps.
    if (url !== undefined) return { mimeType: file.mime_type ?? 'application/octet-stream', url }
    const upload = await getUpload(dependencies, file)
    if (sendsUrls) return { mimeType: upload.mime_type, url: fileLinks.signedUrl(upload.id) }
    return { mimeType: upload.mime_type, base64: Buffer.from(await storage.read(upload.storage_key)).toString('base64') }
  }
  return {
    read,
    async save({ bytes, filename, mimeType }) {
      const owner = { tenantId: run.tenantId, role: isEndUser(run) ? 'end_user' : 'account', id: run.userId } as const
      const upload = await files.store(owner, { name: filename, mimeType, bytes })
      await keepRunFiles(db, { run_id: run.runId, tenant_id: run.tenantId, app_id: run.appId }, [upload.id])
      return toFileValue(upload, 'tool_file', fileLinks)
    },
    async toContentPart(file, detail): Promise<ContentPart | undefined> {
      switch (file.type) {
        case 'image':
          return { type: 'image', detail, ...(await toSource(file)) }
        case 'document':
          return { type: 'document', ...(await toSource(file)), ...(file.filename === null ? {} : { filename: file.filename }) }
        case 'audio':
          return { type: 'audio', ...(await toSource(file)) }
        case 'video':
          return { type: 'video', ...(await toSource(file)) }
        case 'custom':
          return undefined
      }
    },
  }
}

const remoteUrlOf = (file: FileValue): string | undefined =>
  file.transfer_method === 'remote_url' && file.related_id === null ? (file.remote_url ?? file.url ?? undefined) : undefined

const isEndUser = ({ invokeFrom }: Pick<RunFacts, 'invokeFrom'>): boolean => invokeFrom === 'service-api' || invokeFrom === 'web-app'

/** Whoever makes a value look like a file (in JSON, in what code gives back) gets nothing by it that the run could not read anyway. */
async function getUpload({ db, run }: NodeFileDependencies, { related_id, reference, filename }: FileValue): Promise<UploadRow> {
  const id = related_id ?? reference
  const upload = id === null ? undefined : await findUploadOfRun(db, { ...run, isEditor: !isEndUser(run) }, id)
  if (upload) return upload
  throw new AppError('file_not_found', { message: `The file ${filename ?? id ?? ''} is no longer there. Upload it again.` })
}

/** A stored file as a value of a run; its link works from now on for the configured time. */
function toFileValue(upload: UploadRow, transferMethod: 'local_file' | 'tool_file', fileLinks: FileLinks): FileValue {
  return {
    dify_model_identity: FILE_IDENTITY,
    id: null,
    type: fileTypeOf(upload.extension, upload.mime_type),
    transfer_method: transferMethod,
    remote_url: null,
    reference: upload.id,
    related_id: upload.id,
    filename: upload.name,
    extension: upload.extension === '' ? '' : `.${upload.extension}`,
    mime_type: upload.mime_type,
    size: upload.size,
    url: fileLinks.signedUrl(upload.id),
  }
}
