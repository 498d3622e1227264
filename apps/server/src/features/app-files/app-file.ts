import type { Refusal } from '@trellis/contracts'
import { type Dict, getKey, isDict, isList, toDict, type Value } from '@trellis/values'
import { FIRST_DSL_VERSION } from './dsl-version.ts'

/** An app file (workflow spec 1), taken apart. */
export interface AppFile {
  readonly version: string
  readonly app: Dict
  /** Of workflows and chatflows. */
  readonly workflow: Dict | undefined
  /** Of the other modes. */
  readonly modelConfig: Dict | undefined
  readonly dependencies: readonly Dict[]
  /** Keys that are not ours to read, of the root. */
  readonly rest: Dict
}

/** What is wrong with a file, for people: the message in English, the refusal for whoever words it in another language. */
export class AppFileError extends Error {
  readonly refusal: Refusal

  constructor(message: string, refusal: Refusal, options?: ErrorOptions) {
    super(message, options)
    this.name = 'AppFileError'
    this.refusal = refusal
  }
}

export const missingSection = (message: string, section: string): AppFileError =>
  new AppFileError(message, { reason: 'import_section_missing', values: { section } })

const readKeys: ReadonlySet<string> = new Set(['version', 'kind', 'app', 'workflow', 'model_config', 'dependencies'])

/** NUL, which YAML can write and no table keeps, is dropped as in JSON bodies. @throws AppFileError */
export function readAppFile(given: Value): AppFile {
  const document = withoutNul(given)
  if (!isDict(document)) {
    const message = 'The file is no app file: a mapping with the sections "app" and "workflow" or "model_config" is expected.'
    throw new AppFileError(message, { reason: 'import_no_app_file', values: {} })
  }
  const version = getKey(document, 'version') ?? null
  if (version !== null && version !== '' && typeof version !== 'string') {
    const message = `"version" must be a text, such as version: "0.6.0", not ${JSON.stringify(version)}.`
    throw new AppFileError(message, { reason: 'import_version', values: {} })
  }
  const app = sectionOf(document, 'app')
  if (!app || Object.keys(app).length === 0) throw missingSection('The file has no section "app".', 'app')
  const dependencies = getKey(document, 'dependencies') ?? null
  return {
    version: version || FIRST_DSL_VERSION,
    app,
    workflow: sectionOf(document, 'workflow'),
    modelConfig: sectionOf(document, 'model_config'),
    dependencies: isList(dependencies) ? dependencies.filter(isDict) : [],
    rest: without(document, readKeys),
  }
}

const textWithoutNul = (text: string): string => text.replaceAll('\u0000', '')

function withoutNul(value: Value): Value {
  if (typeof value === 'string') return textWithoutNul(value)
  if (value !== null && isList(value)) return value.map(withoutNul)
  return isDict(value) ? toDict(Object.entries(value).map(([key, item]) => [textWithoutNul(key), withoutNul(item)])) : value
}

function sectionOf(document: Dict, key: string): Dict | undefined {
  const section = getKey(document, key)
  if (section === undefined || section === null) return undefined
  if (isDict(section)) return section
  throw new AppFileError(`The section "${key}" must be a mapping.`, { reason: 'import_section_shape', values: { section: key } })
}

export const without = (dict: Dict, keys: ReadonlySet<string>): Dict =>
  Object.fromEntries(Object.entries(dict).filter(([key]) => !keys.has(key)))

export const dictOf = (dict: Dict, key: string): Dict => {
  const value = getKey(dict, key) ?? null
  return isDict(value) ? value : {}
}

export const dictsOf = (dict: Dict, key: string): readonly Dict[] => {
  const value = getKey(dict, key) ?? null
  return isList(value) ? value.filter(isDict) : []
}

export function textOf(dict: Dict, key: string): string {
  const value = getKey(dict, key)
  return typeof value === 'string' ? value : ''
}
