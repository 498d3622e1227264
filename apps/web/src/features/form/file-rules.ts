import type { FileType } from '@trellis/contracts'
import type { UploadLimits } from '../../api/files-api.ts'
import type { FormVariable } from '../app/user-input-form.ts'
import { extensionOf, extensionsByType, fileTypeOf } from './file-kinds.ts'

export type FileMethod = 'local_file' | 'remote_url'

/** What a file field takes. */
export interface FileRules {
  readonly types: readonly FileType[]
  /** Of `custom`: lower case, without the dot. */
  readonly extensions: readonly string[]
  readonly methods: readonly FileMethod[]
  readonly maxCount: number
}

/** What a list takes where its field does not say. */
const DEFAULT_LIST_COUNT = 10
const fileTypes: readonly FileType[] = ['image', 'document', 'audio', 'video', 'custom']
const fileMethods: readonly FileMethod[] = ['local_file', 'remote_url']

export function readFileRules({ type, maxLength, rest }: FormVariable): FileRules {
  return {
    ...readFileSettings(rest),
    maxCount: type === 'file' ? 1 : (maxLength ?? DEFAULT_LIST_COUNT),
  }
}

/** The keys that fields and an app's `file_upload` share; what is absent or empty allows all. */
export function readFileSettings(settings: Readonly<Record<string, unknown>>): Omit<FileRules, 'maxCount'> {
  const types = stringsOf(settings['allowed_file_types'])
  const methods = stringsOf(settings['allowed_file_upload_methods'])
  const extensions = stringsOf(settings['allowed_file_extensions']).map((extension) => extension.replace(/^\./u, '').toLowerCase())
  return {
    types: orAll(
      fileTypes.filter((type) => types.includes(type)),
      fileTypes,
    ),
    methods: orAll(
      fileMethods.filter((method) => methods.includes(method)),
      fileMethods,
    ),
    extensions,
  }
}

const orAll = <Item>(some: readonly Item[], all: readonly Item[]): readonly Item[] => (some.length > 0 ? some : all)

const stringsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []

/** What the file is to the run; undefined where the field does not take it. */
export function admit(rules: FileRules, name: string, mimeType: string): FileType | undefined {
  const extension = extensionOf(name)
  const type = fileTypeOf(extension, mimeType)
  if (type !== 'custom' && rules.types.includes(type)) return type
  const isCustom = rules.types.includes('custom') && (rules.extensions.length === 0 || rules.extensions.includes(extension))
  return isCustom ? 'custom' : undefined
}

/** In MB. */
export function sizeLimitOf(type: FileType, limits: UploadLimits): number {
  if (type === 'image') return limits.image_file_size_limit
  if (type === 'video') return limits.video_file_size_limit
  return type === 'audio' ? limits.audio_file_size_limit : limits.file_size_limit
}

/** What the device's own choice of files offers; undefined where everything may be chosen. */
export function acceptOf({ types, extensions }: FileRules): string | undefined {
  if (types.includes('custom') && extensions.length === 0) return undefined
  const listed = types.flatMap((type) => (type === 'custom' ? extensions : extensionsByType[type]))
  const families = types.filter((type) => type === 'image' || type === 'audio' || type === 'video').map((type) => `${type}/*`)
  return [...families, ...listed.map((extension) => `.${extension}`)].join(',')
}
