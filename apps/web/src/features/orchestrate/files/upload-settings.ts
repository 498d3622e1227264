import type { FileType } from '@trellis/contracts'
import type { ModelConfig } from '../../../api/types/apps.ts'
import { readAttachmentRules } from '../../attachments/attachment-rules.ts'
import { fileTypeOf } from '../../form/file-kinds.ts'
import { type FileMethod, type FileRules, readFileSettings } from '../../form/file-rules.ts'

type Section = ModelConfig['file_upload']

/** What of an app's `file_upload` its editor sets. */
export interface UploadSettings extends FileRules {
  readonly isEnabled: boolean
  /** How closely a model looks at pictures: `low` takes fewer tokens. */
  readonly detail: 'low' | 'high'
}

/** Kinds of files that a model can be given, each named like the ability that it needs, but for pictures. */
export const fileKinds = ['image', 'document', 'audio', 'video'] as const satisfies readonly FileType[]

/** Files of other kinds never reach a model. */
export const canRead = (features: readonly string[], type: FileType): boolean =>
  type === 'image' ? features.includes('vision') : type !== 'custom' && features.includes(type)

/** The section as it stands, whichever of its two forms it has; where it is switched off, as it would be switched on. */
export function readUploadSettings(section: Section): UploadSettings {
  const rules = readAttachmentRules(section)
  const settings = rules ?? readAttachmentRules({ ...section, enabled: true }) ?? defaults
  const { extensions } = readFileSettings(section)
  return { ...settings, extensions, isEnabled: rules !== undefined, detail: section.image?.detail ?? 'low' }
}

const defaults = { types: ['image'], extensions: [], methods: ['local_file', 'remote_url'], maxCount: 3 } as const

/**
 * The section with the settings in both of its forms, so that older readers find pictures. What we do not know of it stays, and so do
 * endings that nobody changed, word for word.
 */
export function writeUploadSettings(section: Section, settings: UploadSettings): Section {
  const { isEnabled, types, extensions, methods, maxCount, detail } = settings
  const isChanged = extensions.join() !== readFileSettings(section).extensions.join()
  const upload: { readonly methods: FileMethod[]; readonly types: FileType[] } = { methods: [...methods], types: [...types] }
  return {
    ...section,
    enabled: isEnabled,
    allowed_file_types: upload.types,
    ...(isChanged && { allowed_file_extensions: extensions.map((extension) => `.${extension}`) }),
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

/** The endings to begin with where other types are taken from now on: Dify writes those of pictures into each app, whatever it takes. */
export const ownExtensions = (before: readonly string[]): readonly string[] => before.filter((each) => fileTypeOf(each, '') === 'custom')

/** Whether other types are taken without any being named: nobody could tell what that lets in. */
export const lacksExtensions = ({ isEnabled, types, extensions }: UploadSettings): boolean =>
  isEnabled && types.includes('custom') && extensions.length === 0
