import { type Dict, getKey, isDict, isList, isTruthy, str, type Value } from '@trellis/values'
import { type FileValue, filesOf, type VariableReader } from '@trellis/variables'
import { NodeError } from '../model-call/node-error.ts'
import type { LlmConfig } from './config.ts'

export interface PromptContext {
  readonly text: string
  /** What of it came from knowledge, as callers are told. */
  readonly resources: readonly Dict[]
  readonly files: readonly FileValue[]
}

const none: PromptContext = { text: '', resources: [], files: [] }

/** What the context variable says: a text, or passages (workflow spec 2.6). */
export function readContext({ context }: LlmConfig, variables: VariableReader): PromptContext {
  const value = context.isEnabled ? variables.get(context.selector)?.value : undefined
  if (typeof value === 'string') return { ...none, text: value }
  if (!isList(value)) return none
  const resources = value.map(toResource).filter((resource) => resource !== undefined)
  return {
    text: value.map(toText).join('\n').trim(),
    resources,
    files: resources.flatMap(({ files = null }) => (isList(files) ? filesOf(files) : [])),
  }
}

function toText(item: Value): string {
  if (typeof item === 'string') return item
  const content = isDict(item) ? getKey(item, 'content') : undefined
  if (!isDict(item) || content === undefined)
    throw new NodeError('InvalidContextStructureError', 'The context must be a text, or a list of texts or of objects with a `content`.')
  const summary = getKey(item, 'summary') ?? null
  return isTruthy(summary) ? `${str(summary)}\n${str(content)}` : str(content)
}

/** Names of a resource, and those of the passage's metadata from which they come. */
const metadataNames: Readonly<Record<string, string>> = {
  position: 'position',
  dataset_id: 'dataset_id',
  dataset_name: 'dataset_name',
  document_id: 'document_id',
  document_name: 'document_name',
  data_source_type: 'data_source_type',
  segment_id: 'segment_id',
  retriever_from: 'retriever_from',
  score: 'score',
  hit_count: 'segment_hit_count',
  word_count: 'segment_word_count',
  segment_position: 'segment_position',
  index_node_hash: 'segment_index_node_hash',
  page: 'page',
  doc_metadata: 'doc_metadata',
}

function toResource(item: Value): Dict | undefined {
  const metadata = isDict(item) ? getKey(item, 'metadata') : undefined
  if (!isDict(item) || metadata === undefined || !isDict(metadata) || getKey(metadata, '_source') !== 'knowledge') return undefined
  const named = Object.entries(metadataNames).map(([name, source]) => [name, getKey(metadata, source) ?? null] as const)
  return {
    ...Object.fromEntries(named),
    content: getKey(item, 'content') ?? null,
    files: getKey(item, 'files') ?? null,
    summary: getKey(item, 'summary') ?? null,
  }
}
