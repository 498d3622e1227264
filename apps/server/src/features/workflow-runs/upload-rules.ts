import { AppError, type FileInput, type Refusal } from '@trellis/contracts'
import { type Dict, getKey, isDict, isList, isNumber, toNumber, type Value } from '@trellis/values'
import type { FileValue } from '@trellis/variables'

/**
 * The files of a message that a chatflow takes (workflow spec 1.7). One that takes none drops them: callers that always send the key
 * should not fail.
 * @throws AppError `invalid_param` for kinds, ways and numbers of files that it does not take
 */
export function allowedFiles(features: Dict, files: readonly FileInput[]): readonly FileInput[] {
  const section = getKey(features, 'file_upload') ?? null
  if (!isDict(section) || getKey(section, 'enabled') !== true) return []
  const limit = getKey(section, 'number_limits') ?? null
  if (isNumber(limit) && files.length > toNumber(limit)) {
    refuse(`This app takes at most ${toNumber(limit)} files a message.`, { reason: 'files_at_most', values: { limit: toNumber(limit) } })
  }
  const types = textsOf(getKey(section, 'allowed_file_types'))
  const methods = textsOf(getKey(section, 'allowed_file_upload_methods'))
  for (const { type, transfer_method: method } of files) {
    if (types.length > 0 && !types.includes(type)) {
      refuse(`This app takes no files of the type ${type}, only ${types.join(', ')}.`, { reason: 'file_kind', values: { type } })
    }
    if (methods.length > 0 && !methods.includes(method)) {
      refuse(`This app takes no files by ${method}, only by ${methods.join(', ')}.`, { reason: 'file_way', values: { way: method } })
    }
  }
  return files
}

/**
 * Files of other types need an ending that the chatflow names, where it names any.
 * @throws AppError `invalid_param` for one that it does not name
 */
export function assertNamed(features: Dict, files: readonly Pick<FileValue, 'type' | 'extension'>[]): void {
  const section = getKey(features, 'file_upload') ?? null
  const named = isDict(section) ? textsOf(getKey(section, 'allowed_file_extensions')).map(toExtension) : []
  if (named.length === 0) return
  for (const { type, extension } of files) {
    if (type !== 'custom' || named.includes(toExtension(extension ?? ''))) continue
    const told = `This app takes no files ${extension ? `that end in ${extension}` : 'without an ending'}, only ${named.join(', ')}.`
    refuse(told, { reason: 'file_ending', values: { allowed: named.join(', ') } })
  }
}

const toExtension = (text: string): string => text.toLowerCase().replace(/^\.?/, '.')

const textsOf = (value: Value | undefined): readonly string[] =>
  value !== undefined && isList(value) ? value.filter((item) => typeof item === 'string') : []

function refuse(message: string, refusal: Refusal): never {
  throw new AppError('invalid_param', { message, param: 'files', refusal })
}
