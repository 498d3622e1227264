import { type Dict, getKey, isDict, isList, type Value } from '@trellis/values'

/** The part of a stored graph that matters for execution (workflow spec 1.5); all else is the editor's. */
export interface GraphNode {
  readonly id: string
  readonly parentId: string | undefined
  readonly data: Dict
}

export interface GraphEdge {
  readonly id: string
  readonly source: string
  readonly sourceHandle: string
  readonly target: string
}

export interface GraphDocument {
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
}

/** Reads a graph as leniently as Dify does: notes are dropped, edges without ends too, ids and handles get their defaults. */
export function readGraph(graph: Value): GraphDocument {
  const nodes = new Map<string, GraphNode>()
  for (const node of listOf(graph, 'nodes')) {
    if (getKey(node, 'type') === 'custom-note') continue
    const id = getKey(node, 'id')
    const data = getKey(node, 'data') ?? null
    if (typeof id !== 'string' || id === '') continue
    const parentId = getKey(node, 'parentId')
    // Of nodes that share an id the last one counts.
    nodes.set(id, { id, parentId: typeof parentId === 'string' ? parentId : undefined, data: isDict(data) ? data : {} })
  }
  const edges = listOf(graph, 'edges').flatMap((edge, index): GraphEdge[] => {
    const source = getKey(edge, 'source')
    const target = getKey(edge, 'target')
    if (typeof source !== 'string' || typeof target !== 'string') return []
    const handle = getKey(edge, 'sourceHandle')
    return [{ id: `edge_${index}`, source, target, sourceHandle: typeof handle === 'string' ? handle : 'source' }]
  })
  return { nodes: [...nodes.values()], edges }
}

function listOf(graph: Value, key: string): readonly Dict[] {
  const list = isDict(graph) ? (getKey(graph, key) ?? null) : null
  return isList(list) ? list.filter((item) => isDict(item)) : []
}
