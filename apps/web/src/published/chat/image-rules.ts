import type { AppParameters } from '@trellis/contracts'

/** What pictures an app takes from this device. */
export interface ImageRules {
  readonly maxCount: number
  readonly maxMegabytes: number
}

const DEFAULT_MAX_COUNT = 3

/** Undefined where the app takes none. Both forms of the setting are read: `image.enabled`, and the newer one with types. */
export function readImageRules({ file_upload: upload, system_parameters: limits }: AppParameters): ImageRules | undefined {
  const maxMegabytes = limits.image_file_size_limit
  if (upload['enabled'] === true) {
    const types = stringsOf(upload['allowed_file_types'], ['image'])
    const methods = stringsOf(upload['allowed_file_upload_methods'], ['local_file'])
    if (!types.includes('image') || !methods.includes('local_file')) return undefined
    return { maxCount: numberOf(upload['number_limits']), maxMegabytes }
  }
  const image = upload['image']
  if (!isRecord(image) || image['enabled'] !== true) return undefined
  if (!stringsOf(image['transfer_methods'], ['local_file']).includes('local_file')) return undefined
  return { maxCount: numberOf(image['number_limits']), maxMegabytes }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const numberOf = (value: unknown) => (typeof value === 'number' && value > 0 ? value : DEFAULT_MAX_COUNT)

const stringsOf = (value: unknown, absent: readonly string[]): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : absent
