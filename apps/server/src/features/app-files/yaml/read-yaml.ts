import type { Refusal } from '@trellis/contracts'
import { dumpJson, isDict, isList, toDict, type Value } from '@trellis/values'
import { type Document, isAlias, isCollection, isMap, isScalar, isSeq, type Node, parseDocument, Scalar } from 'yaml'
import { readPlain } from './scalars.ts'

/** A text that is no YAML, or more of it than is good. The message is for people, the refusal for whoever words it in another language. */
export class YamlError extends Error {
  readonly refusal: Refusal

  constructor(message: string, refusal: Refusal = { reason: 'yaml_unreadable', values: { said: message } }) {
    super(message)
    this.name = 'YamlError'
    this.refusal = refusal
  }
}

/** Nodes that aliases may stand for, all together: more is a document that explodes on purpose. */
const MAX_ALIASED_NODES = 100_000
/** As of JSON bodies. */
const MAX_DEPTH = 200

interface Walk {
  readonly document: Document.Parsed
  aliased: number
}

interface Place {
  readonly depth: number
  readonly isAliased: boolean
}

/**
 * Reads YAML as PyYAML's safe loader does: its words and numbers, of keys that stand twice the last one, `<<`; integers and floats apart,
 * integers exact. Keys are texts, written as JSON would write them. @throws YamlError
 */
export function readYaml(text: string): Value {
  const document = parseDocument(text, { schema: 'failsafe', version: '1.1', uniqueKeys: false, stringKeys: false, logLevel: 'silent' })
  const [error] = document.errors
  if (error) {
    const [said = ''] = error.message.split('\n')
    const line = error.linePos?.[0].line
    // Below its first line there was a picture of the place: the colon led to it.
    throw new YamlError(
      `This is not valid YAML: ${said.replace(/:$/, '.')}`,
      line === undefined ? undefined : { reason: 'yaml_broken', values: { line } },
    )
  }
  return toValue({ document, aliased: 0 }, document.contents, { depth: 0, isAliased: false })
}

function toValue(walk: Walk, node: unknown, place: Place): Value {
  if (place.depth > MAX_DEPTH) {
    throw new YamlError(`The document is nested more than ${MAX_DEPTH} levels deep.`, { reason: 'yaml_deep', values: { limit: MAX_DEPTH } })
  }
  if (place.isAliased && ++walk.aliased > MAX_ALIASED_NODES) {
    throw new YamlError(`The aliases of the document stand for more than ${MAX_ALIASED_NODES} things.`)
  }
  const inner = { ...place, depth: place.depth + 1 }
  if (isAlias(node)) return toValue(walk, anchored(walk, node), { ...inner, isAliased: true })
  if (isScalar(node)) return toScalar(node)
  if (isCollection(node) && node.tag !== undefined && !/^tag:yaml\.org,2002:(?:seq|map)$/.test(node.tag)) throw refusedTag(node.tag)
  if (isSeq(node)) return node.items.map((item) => toValue(walk, item, inner))
  if (!isMap(node)) return null
  const merged: [string, Value][] = []
  const own: [string, Value][] = []
  for (const { key, value } of node.items) {
    const given = toValue(walk, value, inner)
    if (isMergeKey(key)) merged.push(...toMerged(given))
    else own.push([toKey(toValue(walk, key, inner)), given])
  }
  return toDict([...merged, ...own])
}

function anchored({ document }: Walk, alias: Parameters<typeof isAlias>[0] & { resolve(document: Document.Parsed): unknown }): Node {
  const node = alias.resolve(document)
  // What an alias stands for is a node of the document.
  if (node) return node as Node
  throw new YamlError('An alias of the document names an anchor that is not there.')
}

function toScalar({ value, type, tag }: Scalar): Value {
  const text = typeof value === 'string' ? value : ''
  if (tag === 'tag:yaml.org,2002:str' || tag === '!') return text
  if (tag !== undefined) {
    if (!/^tag:yaml\.org,2002:(?:int|float|bool|null)$/.test(tag)) throw refusedTag(tag)
    return readPlain(text)
  }
  return type === Scalar.PLAIN ? readPlain(text) : text
}

const refusedTag = (tag: string): YamlError => new YamlError(`The tag ${tag} is not accepted.`, { reason: 'yaml_tag', values: { tag } })

const isMergeKey = (key: unknown): boolean => isScalar(key) && key.value === '<<' && key.type === Scalar.PLAIN

/** Of several that are merged the first counts most. */
function toMerged(value: Value): readonly [string, Value][] {
  const sources = isList(value) ? value : [value]
  return sources.toReversed().flatMap((source) => {
    if (!isDict(source)) throw new YamlError('Only mappings can be merged with "<<".')
    return Object.entries(source)
  })
}

function toKey(key: Value): string {
  if (typeof key === 'string') return key
  if (isList(key) || isDict(key)) throw new YamlError('A key of a mapping must be a text or a number.')
  return dumpJson(key)
}
