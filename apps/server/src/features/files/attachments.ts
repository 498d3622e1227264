import { AppError, type FileInput, type FileType } from '@trellis/contracts'
import type { Db } from '@trellis/db'
import type { CatalogModel, ContentPart, Storage } from '@trellis/spec'
import { z } from 'zod'
import type { Attachment, Attachments, BasicConfig, FileOwner } from '../turns/index.ts'
import { extensionOf, fileTypeOf } from './file-kinds.ts'
import { listMessageFiles, listUploads, type UploadRow } from './files.repository.ts'

const uploadConfig = z.object({
  enabled: z.boolean().nullish(),
  number_limits: z.number().int().nullish(),
  allowed_file_types: z.array(z.string()).nullish(),
  allowed_file_extensions: z.array(z.string()).nullish(),
  allowed_file_upload_methods: z.array(z.string()).nullish(),
  image: z
    .object({
      enabled: z.boolean().nullish(),
      number_limits: z.number().int().nullish(),
      transfer_methods: z.array(z.string()).nullish(),
      detail: z.enum(['low', 'high']).nullish().catch(null),
    })
    .nullish(),
})

interface UploadRules {
  readonly maxFiles: number
  readonly types: readonly string[]
  readonly extensions: readonly string[]
  readonly methods: readonly string[]
}

const DEFAULT_MAX_FILES = 3
const allMethods = ['remote_url', 'local_file']

/** What files an app takes (workflow spec 1.7); undefined: none. The older form, `image.enabled`, means pictures. */
function readRules(config: BasicConfig): UploadRules | undefined {
  const parsed = uploadConfig.safeParse(config.file_upload ?? {})
  if (!parsed.success) return undefined
  const { enabled, image } = parsed.data
  if (enabled) {
    return {
      maxFiles: parsed.data.number_limits ?? DEFAULT_MAX_FILES,
      types: parsed.data.allowed_file_types ?? ['image'],
      extensions: (parsed.data.allowed_file_extensions ?? []).map((extension) => extension.replace(/^\./, '').toLowerCase()),
      methods: parsed.data.allowed_file_upload_methods ?? allMethods,
    }
  }
  if (!image?.enabled) return undefined
  return {
    maxFiles: image.number_limits ?? DEFAULT_MAX_FILES,
    types: ['image'],
    extensions: [],
    methods: image.transfer_methods ?? allMethods,
  }
}

export interface AttachmentDependencies {
  readonly db: Db
  readonly storage: Storage
  /** Send pictures as an address instead of as bytes; the address must be reachable for the provider. */
  readonly toPublicUrl: ((uploadFileId: string) => string) | undefined
}

export function createAttachments({ db, storage, toPublicUrl }: AttachmentDependencies): Attachments {
  const toPart = async (file: Attachment, upload: UploadRow | undefined, detail: 'low' | 'high'): Promise<ContentPart | undefined> => {
    if (file.transfer_method === 'remote_url') {
      return file.url === null
        ? undefined
        : mediaPart(file.type, { mimeType: guessMimeType(file.url), url: file.url }, { detail, name: '' })
    }
    if (!upload) return undefined
    const source = toPublicUrl
      ? { mimeType: upload.mime_type, url: toPublicUrl(upload.id) }
      : { mimeType: upload.mime_type, base64: Buffer.from(await storage.read(upload.storage_key)).toString('base64') }
    return mediaPart(file.type, source, { detail, name: upload.name })
  }
  const toParts = async (tenantId: string, attachments: readonly Attachment[], entry: CatalogModel, config: BasicConfig) => {
    const wanted = attachments.filter((file) => canTake(entry, file.type))
    const uploads = await listUploads(
      db,
      tenantId,
      wanted.flatMap((file) => file.upload_file_id ?? []),
    )
    const detail = readDetail(config)
    const parts = await Promise.all(
      wanted.map((file) =>
        toPart(
          file,
          uploads.find((row) => row.id === file.upload_file_id),
          detail,
        ),
      ),
    )
    return parts.filter((part) => part !== undefined)
  }
  return {
    async resolve(owner, files, config) {
      if (files.length === 0) return []
      const rules = readRules(config)
      // An app without uploads drops files, as Dify does, instead of failing callers that always send the key.
      if (!rules) return []
      if (files.length > rules.maxFiles) {
        throw new AppError('invalid_param', {
          message: `At most ${rules.maxFiles} files can be attached to a message of this app.`,
          param: 'files',
          refusal: { reason: 'files_at_most', values: { limit: rules.maxFiles } },
        })
      }
      const uploads = await listUploads(
        db,
        owner.tenantId,
        files.flatMap((file) => file.upload_file_id ?? []),
      )
      return files.map((file) => resolveOne(owner, file, rules, uploads))
    },
    toParts,
    async loadParts(tenantId, messageIds, entry, config) {
      const rows = await listMessageFiles(db, tenantId, messageIds)
      const byMessage = Map.groupBy(
        rows.filter((row) => row.belongs_to === 'user'),
        (row) => row.message_id,
      )
      const entries = await Promise.all(
        [...byMessage].map(async ([messageId, files]) => [messageId, await toParts(tenantId, files, entry, config)] as const),
      )
      return new Map(entries)
    },
  }
}

function resolveOne(owner: FileOwner, file: FileInput, rules: UploadRules, uploads: readonly UploadRow[]): Attachment {
  if (!rules.methods.includes(file.transfer_method)) {
    throw new AppError('invalid_param', {
      message: `This app takes no files by ${file.transfer_method}.`,
      param: 'files',
      refusal: { reason: 'file_way', values: { way: file.transfer_method } },
    })
  }
  if (file.transfer_method === 'remote_url') {
    if (!file.url || !/^https?:\/\//.test(file.url) || !URL.canParse(file.url))
      throw new AppError('invalid_param', {
        message: 'A file by remote_url needs an http or https address in `url`.',
        param: 'files',
        refusal: { reason: 'file_address', values: {} },
      })
    assertAllowed(rules, file.type, extensionOf(new URL(file.url).pathname))
    return { type: file.type, transfer_method: 'remote_url', url: file.url, upload_file_id: null }
  }
  const upload = uploads.find((row) => row.id === file.upload_file_id)
  const isOwn = upload && upload.created_by === (owner.endUserId ?? owner.accountId)
  if (!upload || !isOwn)
    throw new AppError('invalid_param', {
      message: 'A file was not found. Upload it with the same user first.',
      param: 'files',
      refusal: { reason: 'file_gone', values: {} },
    })
  const actual = fileTypeOf(upload.extension, upload.mime_type)
  const type: FileType = file.type === 'custom' ? 'custom' : actual
  assertAllowed(rules, type, upload.extension)
  return { type, transfer_method: 'local_file', url: null, upload_file_id: upload.id }
}

function assertAllowed(rules: UploadRules, type: FileType, extension: string): void {
  if (type !== 'custom' && rules.types.includes(type)) return
  // Where an app names the extensions of its own types, it takes those alone.
  const isNamed = rules.extensions.length === 0 ? type === 'custom' : rules.extensions.includes(extension)
  if (rules.types.includes('custom') && isNamed) return
  throw new AppError('invalid_param', {
    message: `This app takes no files of the type ${type}${extension === '' ? '' : ` (.${extension})`}.`,
    param: 'files',
    // A kind of which some endings are taken is not refused as a kind.
    refusal:
      rules.types.includes('custom') && extension !== ''
        ? { reason: 'file_ending_refused', values: { ending: `.${extension}` } }
        : { reason: 'file_kind', values: { type } },
  })
}

function canTake({ features }: CatalogModel, type: FileType): boolean {
  if (type === 'image') return features.includes('vision')
  return type !== 'custom' && features.includes(type)
}

const readDetail = (config: BasicConfig): 'low' | 'high' => uploadConfig.safeParse(config.file_upload ?? {}).data?.image?.detail ?? 'low'

type Source = { readonly mimeType: string; readonly url: string } | { readonly mimeType: string; readonly base64: string }

function mediaPart(
  type: FileType,
  source: Source,
  { detail, name }: { readonly detail: 'low' | 'high'; readonly name: string },
): ContentPart | undefined {
  switch (type) {
    case 'image':
      return { type, detail, ...source }
    case 'document':
      return { type, ...source, ...(name === '' ? {} : { filename: name }) }
    case 'audio':
    case 'video':
      return { type, ...source }
    case 'custom':
      return undefined
  }
}

const mimeTypesByExtension: Readonly<Record<string, string>> = {
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  svg: 'image/svg+xml',
  pdf: 'application/pdf',
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  mp4: 'video/mp4',
  txt: 'text/plain',
}

const guessMimeType = (url: string): string => mimeTypesByExtension[extensionOf(new URL(url).pathname)] ?? 'image/jpeg'
