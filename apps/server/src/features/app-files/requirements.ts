import { findNodeType } from '@trellis/nodes'
import type { NodeRequirement } from '@trellis/spec'
import { type Dict, getKey, isDict, isList } from '@trellis/values'
import { dictOf, dictsOf, textOf } from './app-file.ts'

/** A node, as people know it. */
export interface NeedyNode {
  readonly id: string
  readonly title: string
}

export interface Requirement {
  readonly requirement: NodeRequirement
  readonly nodes: readonly NeedyNode[]
}

export interface GraphRequirements {
  readonly requirements: readonly Requirement[]
  /** Nodes of types that this version does not know. */
  readonly unknown: readonly (NeedyNode & { readonly type: string })[]
}

/** What a graph needs beyond itself, each thing once with the nodes that need it. */
export function findRequirements(graph: Dict): GraphRequirements {
  const found = new Map<string, { readonly requirement: NodeRequirement; readonly nodes: NeedyNode[] }>()
  const unknown: (NeedyNode & { readonly type: string })[] = []
  for (const node of dictsOf(graph, 'nodes')) {
    const data = dictOf(node, 'data')
    const type = textOf(data, 'type')
    if (type === '' || textOf(node, 'type') === 'custom-note') continue
    const needy = { id: textOf(node, 'id'), title: textOf(data, 'title') }
    const version = textOf(data, 'version') || '1'
    if (!findNodeType(type, version)) unknown.push({ ...needy, type })
    for (const requirement of requirementsOf(type, version, data)) {
      const key = JSON.stringify(requirement)
      const known = found.get(key) ?? { requirement, nodes: [] }
      known.nodes.push(needy)
      found.set(key, known)
    }
  }
  return { requirements: [...found.values()], unknown }
}

/** As the node's type tells; where it does not, as Dify's files write it. */
function requirementsOf(type: string, version: string, data: Dict): readonly NodeRequirement[] {
  const definition = findNodeType(type, version)?.definition
  const config = definition?.requires && definition.config.safeParse(data)
  if (definition?.requires && config?.success) return definition.requires(config.data)
  return [...modelsOf(data), ...toolsOf(type, data), ...knowledgeOf(type, data)]
}

function modelsOf(data: Dict): readonly NodeRequirement[] {
  const { model = null } = data
  if (!isDict(model)) return []
  const [provider, name] = [textOf(model, 'provider'), textOf(model, 'name')]
  return provider === '' && name === '' ? [] : [{ type: 'model', provider, model: name }]
}

function toolsOf(type: string, data: Dict): readonly NodeRequirement[] {
  if (type !== 'tool') return []
  const provider = textOf(data, 'provider_id')
  return [{ type: 'tool', provider, providerType: textOf(data, 'provider_type'), tool: textOf(data, 'tool_name') }]
}

function knowledgeOf(type: string, data: Dict): readonly NodeRequirement[] {
  const ids = getKey(data, 'dataset_ids') ?? null
  if (type !== 'knowledge-retrieval' || !isList(ids)) return []
  return ids.flatMap((datasetId): NodeRequirement[] => (typeof datasetId === 'string' ? [{ type: 'knowledge', datasetId }] : []))
}
