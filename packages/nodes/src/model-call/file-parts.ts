import type { CatalogModel, ContentPart, FileService } from '@trellis/spec'
import { isList } from '@trellis/values'
import { type FileValue, filesOf, isFile, type Selector, type VariableReader } from '@trellis/variables'
import { takesPart } from './draft-message.ts'
import type { VisionData } from './model-data.ts'
import { NodeError } from './node-error.ts'

/** The files that a vision setting names; none where it is off. */
export function visionFiles({ isEnabled, selector }: VisionData, variables: VariableReader): readonly FileValue[] {
  return isEnabled ? filesAt(selector, variables) : []
}

function filesAt(selector: Selector, variables: VariableReader): readonly FileValue[] {
  const variable = variables.get(selector)
  if (!variable || variable.value === null) return []
  if (isFile(variable.value)) return [variable.value]
  if (isList(variable.value)) {
    const files = filesOf(variable.value)
    if (files.length === variable.value.length || variable.type === 'array[any]') return files
  }
  throw new NodeError('InvalidVariableTypeError', `The variable ${selector.join('.')} holds no files, but ${variable.type}.`)
}

export interface PartOptions {
  readonly files: FileService
  readonly entry: CatalogModel
  readonly detail: 'low' | 'high'
  readonly signal: AbortSignal
}

/** The files as parts of a message, as far as the model takes them: others are not even read. */
export async function toParts(files: readonly FileValue[], options: PartOptions): Promise<readonly ContentPart[]> {
  const wanted = files.filter(({ type }) => type !== 'custom' && takesPart(options.entry, type))
  const parts = await Promise.all(wanted.map((file) => options.files.toContentPart(file, options.detail, options.signal)))
  return parts.filter((part) => part !== undefined)
}
