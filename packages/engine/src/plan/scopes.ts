import { getKey } from '@trellis/values'
import type { GraphDocument, GraphNode } from './graph-document.ts'
import { GraphError } from './plan.ts'
import type { NodeData } from './read-node.ts'

/**
 * The container that each node belongs to; undefined for the main graph. A node says so itself (`iteration_id`, `loop_id`, or its
 * wrapper's `parentId`); what says nothing belongs to the container from whose start it can be reached.
 */
export function findOwners(graph: GraphDocument, data: ReadonlyMap<string, NodeData>): ReadonlyMap<string, string | undefined> {
  const starts = new Map<string, string>()
  for (const { id } of graph.nodes) {
    const node = data.get(id)
    const start = node?.node.definition.container?.(node.config).startNodeId
    if (start !== undefined) starts.set(start, id)
  }
  const owners = new Map<string, string | undefined>()
  for (const node of graph.nodes) owners.set(node.id, declaredOwner(node, data) ?? starts.get(node.id))
  spread(graph, owners)
  refuseStrangers(graph, owners, data)
  return owners
}

function declaredOwner(node: GraphNode, data: ReadonlyMap<string, NodeData>): string | undefined {
  for (const owner of [getKey(node.data, 'iteration_id'), getKey(node.data, 'loop_id'), node.parentId]) {
    if (typeof owner === 'string' && owner !== '' && owner !== node.id && data.get(owner)?.node.definition.container) return owner
  }
  return undefined
}

/** What is reached from inside a container, and from nowhere else, is inside too. */
function spread(graph: GraphDocument, owners: Map<string, string | undefined>): void {
  for (let isChanged = true; isChanged; ) {
    isChanged = false
    for (const { source, target } of graph.edges) {
      const owner = owners.get(source)
      if (owner === undefined || owners.get(target) !== undefined || target === owner) continue
      if (!owners.has(target)) continue
      owners.set(target, owner)
      isChanged = true
    }
  }
}

function refuseStrangers(graph: GraphDocument, owners: ReadonlyMap<string, string | undefined>, data: ReadonlyMap<string, NodeData>): void {
  const titleOf = (id: string): string => data.get(id)?.title || id
  for (const { id } of graph.nodes) {
    const seen = new Set<string>()
    for (let at: string | undefined = id; at !== undefined; at = owners.get(at)) {
      if (seen.has(at)) throw new GraphError(`Node "${titleOf(id)}" is inside itself: its containers go round in a circle.`, id)
      seen.add(at)
    }
  }
  for (const { source, target } of graph.edges) {
    if (!owners.has(source) || !owners.has(target)) continue
    if (owners.get(source) !== owners.get(target)) {
      throw new GraphError(
        `The edge from "${titleOf(source)}" to "${titleOf(target)}" leads into or out of a container; edges stay on one side.`,
        source,
      )
    }
  }
}
