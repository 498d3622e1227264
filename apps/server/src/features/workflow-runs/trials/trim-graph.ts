import { type Dict, getKey, isDict, isList, type Value } from '@trellis/values'

/** A node of a graph alone, with what is inside it where it is a container; undefined where there is no such node. It is not tried again. */
export function onlyNode(graph: Dict, nodeId: string): Dict | undefined {
  const outline = readOutline(graph)
  const root = outline.nodes.get(nodeId)
  if (!root) return undefined
  const inside = insideOf(outline, nodeId)
  const { retry_config: _, ...data } = dataOf(root)
  return keep(graph, { kept: new Set([nodeId, ...inside]), within: inside, root: { ...root, data } })
}

/** A node and all that lies behind it; undefined where there is no such node. What leads to it from elsewhere is left out. */
export function fromNode(graph: Dict, nodeId: string): Dict | undefined {
  const outline = readOutline(graph)
  const root = outline.nodes.get(nodeId)
  if (!root) return undefined
  const kept = reachable(outline, [nodeId])
  for (const id of [...kept]) for (const inner of insideOf(outline, id)) kept.add(inner)
  return keep(graph, { kept, within: kept, root })
}

/** Whether a node belongs to a container. */
export function isInContainer(graph: Dict, nodeId: string): boolean {
  const outline = readOutline(graph)
  return [...outline.nodes.keys()].some((id) => id !== nodeId && insideOf(outline, id).has(nodeId))
}

/** Whether a node says that it belongs to a container, which need not be there. */
export function declaresOwner(graph: Dict, nodeId: string): boolean {
  const node = readOutline(graph).nodes.get(nodeId)
  return node !== undefined && ownersOf(node).some((owner) => owner !== '')
}

/** Ids of the nodes of a graph. */
export const nodeIdsOf = (graph: Dict): readonly string[] => [...readOutline(graph).nodes.keys()]

interface Outline {
  readonly nodes: ReadonlyMap<string, Dict>
  readonly edges: readonly { readonly source: string; readonly target: string }[]
}

function readOutline(graph: Dict): Outline {
  const nodes = new Map<string, Dict>()
  for (const node of dictsIn(graph, 'nodes')) {
    const id = getKey(node, 'id')
    if (typeof id === 'string' && getKey(node, 'type') !== 'custom-note') nodes.set(id, node)
  }
  const edges = dictsIn(graph, 'edges').map((edge) => ({ source: textOf(edge, 'source'), target: textOf(edge, 'target') }))
  return { nodes, edges }
}

/** What a container holds, containers within included: what says so, and what its start leads to (as the engine finds owners). */
function insideOf(outline: Outline, containerId: string): ReadonlySet<string> {
  const container = outline.nodes.get(containerId)
  const type = container ? textOf(dataOf(container), 'type') : ''
  if (!container || (type !== 'iteration' && type !== 'loop')) return new Set()
  const start = textOf(dataOf(container), 'start_node_id')
  const inside = outline.nodes.has(start) ? reachable(outline, [start]) : new Set<string>()
  for (const [id, node] of outline.nodes) if (ownersOf(node).includes(containerId)) inside.add(id)
  inside.delete(containerId)
  for (const id of [...inside]) for (const inner of insideOf(outline, id)) inside.add(inner)
  return inside
}

const ownersOf = (node: Dict): readonly string[] => [
  textOf(dataOf(node), 'iteration_id'),
  textOf(dataOf(node), 'loop_id'),
  textOf(node, 'parentId'),
]

function reachable({ edges }: Outline, from: readonly string[]): Set<string> {
  const reached = new Set(from)
  for (const id of reached) for (const { source, target } of edges) if (source === id) reached.add(target)
  return reached
}

function keep(
  graph: Dict,
  { kept, within, root }: { readonly kept: ReadonlySet<string>; readonly within: ReadonlySet<string>; readonly root: Dict },
): Dict {
  const rootId = getKey(root, 'id')
  const nodes = dictsIn(graph, 'nodes').flatMap((node) => {
    const id = textOf(node, 'id')
    if (!kept.has(id)) return []
    return [id === rootId ? root : node]
  })
  const edges = dictsIn(graph, 'edges').filter((edge) => within.has(textOf(edge, 'source')) && within.has(textOf(edge, 'target')))
  return { nodes, edges }
}

function dataOf(node: Dict): Dict {
  const data = getKey(node, 'data') ?? null
  return isDict(data) ? data : {}
}

function dictsIn(dict: Dict, key: string): readonly Dict[] {
  const list: Value = getKey(dict, key) ?? null
  return isList(list) ? list.filter((item) => isDict(item)) : []
}

function textOf(dict: Dict, key: string): string {
  const value = getKey(dict, key)
  return typeof value === 'string' ? value : ''
}
