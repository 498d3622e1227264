import type { FileType } from '@trellis/contracts'
import type { ModelConfig } from '../../../api/types/apps.ts'
import { readAttachmentRules } from '../../attachments/attachment-rules.ts'
import type { FileMethod, FileRules } from '../../form/file-rules.ts'

type Section = ModelConfig['file_upload']

/** What of an app's `file_upload` its editor sets. */
export interface UploadSettings extends Pick<FileRules, 'types' | 'methods' | 'maxCount'> {
  readonly isEnabled: boolean
  /** How closely a model looks at pictures: `low` takes fewer tokens. */
  readonly detail: 'low' | 'high'
}

/** Kinds of files that a model can be given, each named like the ability that it needs, but for pictures. */
export const fileKinds = ['image', 'document', 'audio', 'video'] as const satisfies readonly FileType[]
export type FileKind = (typeof fileKinds)[number]

/** Files of other kinds never reach a model. */
export const canRead = (features: readonly string[], type: FileType): boolean =>
  type === 'image' ? features.includes('vision') : type !== 'custom' && features.includes(type)

/** The section as it stands, whichever of its two forms it has; where it is switched off, as it would be switched on. */
export function readUploadSettings(section: Section): UploadSettings {
  const rules = readAttachmentRules(section)
  const { types, methods, maxCount } = rules ?? readAttachmentRules({ ...section, enabled: true }) ?? defaults
  return { isEnabled: rules !== undefined, types, methods, maxCount, detail: section.image?.detail ?? 'low' }
}

const defaults = { types: ['image'], methods: ['local_file', 'remote_url'], maxCount: 3 } as const

/** The section with the settings in both of its forms, so that older readers find pictures; what we do not know of it stays. */
export function writeUploadSettings(section: Section, settings: UploadSettings): Section {
  const { isEnabled, types, methods, maxCount, detail } = settings
  const upload: { readonly methods: FileMethod[]; readonly types: FileType[] } = { methods: [...methods], types: [...types] }
  return {
    ...section,
    enabled: isEnabled,
    allowed_file_types: upload.types,
    allowed_file_upload_methods: upload.methods,
    number_limits: maxCount,
    image: {
      ...section.image,
      enabled: isEnabled && types.includes('image'),
      transfer_methods: upload.methods,
      number_limits: maxCount,
      detail,
    },
  }
}

/** What is taken once attachments are switched on: what was taken before, as far as the model can read it; else what it can read first. */
export function typesFor(features: readonly string[], before: readonly FileType[]): readonly FileType[] {
  const readable = before.filter((type) => canRead(features, type))
  return readable.length > 0 ? readable : fileKinds.filter((type) => canRead(features, type)).slice(0, 1)
}
