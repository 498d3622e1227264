import { createHash } from 'node:crypto'
import { type Dict, dumpJson, getKey, isDict, isList, parseJson, type Value } from '@trellis/values'
import type { WorkflowRow } from './workflows.repository.ts'

/** What a workflow is made of, as stored: integers and floats apart, keys in their order, unknown ones kept. */
export interface WorkflowDocument {
  readonly graph: Dict
  readonly features: Dict
  /** Values of secrets are sealed. */
  readonly environmentVariables: readonly Dict[]
  readonly conversationVariables: readonly Dict[]
  /** What else an app file held and an export gives back: `root`, `app` and `workflow`, each the keys that are not read. */
  readonly extra: Dict
}

type DocumentColumns = Pick<WorkflowRow, 'graph' | 'features' | 'environment_variables' | 'conversation_variables' | 'extra' | 'hash'>

export const toColumns = (document: WorkflowDocument): DocumentColumns => ({
  graph: toText(document.graph),
  features: toText(document.features),
  environment_variables: toText(document.environmentVariables),
  conversation_variables: toText(document.conversationVariables),
  extra: toText(document.extra),
  hash: hashGraph(document.graph),
})

export const fromColumns = (row: Omit<DocumentColumns, 'hash'>): WorkflowDocument => ({
  graph: toDict(parseJson(row.graph)),
  features: toDict(parseJson(row.features)),
  environmentVariables: toDicts(parseJson(row.environment_variables)),
  conversationVariables: toDicts(parseJson(row.conversation_variables)),
  extra: toDict(parseJson(row.extra)),
})

const toText = (value: Value): string => dumpJson(value, { compact: true, ensureAscii: false })
const toDict = (value: Value): Dict => (isDict(value) ? value : {})
const toDicts = (value: Value): readonly Dict[] => (isList(value) ? value.filter(isDict) : [])

/** Names a graph by its content, whatever the order of its keys: features and variables are no part of it. */
const hashGraph = (graph: Dict): string =>
  createHash('sha256')
    .update(`${dumpJson({ graph }, { sortKeys: true })}None`)
    .digest('hex')

/** The `data` of nodes that run; notes of the editor are none. */
export function listNodeData(graph: Dict): readonly { readonly id: string; readonly data: Dict }[] {
  return toDicts(getKey(graph, 'nodes') ?? null).flatMap((node) => {
    const [id, data] = [getKey(node, 'id'), getKey(node, 'data')]
    if (getKey(node, 'type') === 'custom-note' || data === undefined || !isDict(data)) return []
    return [{ id: typeof id === 'string' ? id : '', data }]
  })
}

/** The `data` of a node; undefined where there is no such node. */
export const findNodeData = (graph: Dict, nodeId: string): Dict | undefined => listNodeData(graph).find(({ id }) => id === nodeId)?.data

/** A text under a key; anything else counts as none. */
export function textOf(dict: Dict, key: string): string {
  const value = getKey(dict, key)
  return typeof value === 'string' ? value : ''
}
