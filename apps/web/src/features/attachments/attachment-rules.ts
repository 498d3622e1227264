import { type FileRules, readFileSettings } from '../form/file-rules.ts'

const DEFAULT_MAX_COUNT = 3

/**
 * What files an app takes beside a message or a form, from its `file_upload`; undefined where it takes none. Both forms of the section are
 * read: `image`, and the newer one with types.
 */
export function readAttachmentRules(upload: Readonly<Record<string, unknown>>): FileRules | undefined {
  if (upload['enabled'] === true) {
    // Where the newer form says nothing of types, it means pictures.
    const settings = Array.isArray(upload['allowed_file_types']) ? upload : { ...upload, allowed_file_types: ['image'] }
    return { ...readFileSettings(settings), maxCount: countOf(upload['number_limits']) }
  }
  const image = upload['image']
  if (!isRecord(image) || image['enabled'] !== true) return undefined
  const settings = { allowed_file_types: ['image'], allowed_file_upload_methods: image['transfer_methods'] }
  return { ...readFileSettings(settings), maxCount: countOf(image['number_limits']) }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const countOf = (value: unknown) => (typeof value === 'number' && value > 0 ? value : DEFAULT_MAX_COUNT)
