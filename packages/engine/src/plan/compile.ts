import type { Value } from '@trellis/values'
import { type GraphDocument, type GraphEdge, readGraph } from './graph-document.ts'
import { GraphError, type NodeRegistry, type Plan, type PlanEdge, type PlanNode, type PlanScope } from './plan.ts'
import { type NodeData, readNode } from './read-node.ts'
import { planResponses } from './responses.ts'
import { findOwners } from './scopes.ts'

/** Checks a graph and takes it apart for execution. @throws GraphError naming the node and what to mend */
export function compile(graph: Value, registry: NodeRegistry): Plan {
  const document = readGraph(graph)
  if (document.nodes.length === 0) throw new GraphError('The graph has no nodes.')
  const data = new Map(document.nodes.map((node) => [node.id, readNode(node, registry)]))
  for (const { source, target } of document.edges) {
    for (const end of [source, target]) if (!data.has(end)) throw new GraphError(`An edge names the node "${end}", which is not there.`)
  }
  const owners = findOwners(document, data)
  const containers = document.nodes.map(({ id }) => id).filter((id) => data.get(id)?.node.definition.container)
  const scopeOf = new Map<string | undefined, number>([[undefined, 0], ...containers.map((id, index) => [id, index + 1] as const)])
  const nodesById = new Map<string, PlanNode>()
  const drafts = [undefined, ...containers].map((owner, index) => planScope({ document, data, owners, scopeOf, owner, index }))
  for (const { nodes } of drafts) for (const node of nodes) nodesById.set(node.id, node)
  const scopes = drafts.map((draft, index): PlanScope => {
    const owner = index === 0 ? undefined : containers[index - 1]
    const container = owner === undefined ? undefined : nodesById.get(owner)
    const responses = planResponses(draft, nodesById)
    const heldBack = draft.edges.map(({ index: edge }) => responses.flatMap(({ isBlocking }, place) => (isBlocking[edge] ? [place] : [])))
    const incomingCounts = draft.nodes.map(({ incoming }) => incoming.length)
    return { ...draft, container, incomingCounts, responses, heldBack, namespaces: namespacesOf(draft.nodes, drafts) }
  })
  for (const scope of scopes) checkScope(scope)
  return { scopes, root: first(scopes), nodesById }
}

interface ScopeInput {
  readonly document: GraphDocument
  readonly data: ReadonlyMap<string, NodeData>
  readonly owners: ReadonlyMap<string, string | undefined>
  readonly scopeOf: ReadonlyMap<string | undefined, number>
  readonly owner: string | undefined
  readonly index: number
}

type ScopeDraft = Pick<PlanScope, 'index' | 'nodes' | 'edges'>

function planScope({ document, data, owners, scopeOf, owner, index }: ScopeInput): ScopeDraft {
  const members = document.nodes.filter(({ id }) => owners.get(id) === owner)
  const placeOf = new Map(members.map(({ id }, place) => [id, place]))
  const edges = planEdges(document.edges, placeOf)
  const nodes = members.map(({ id, data: raw }, place): PlanNode => {
    // Every node of the document has been read.
    const node = data.get(id) as NodeData
    const { executionClass } = node.node.definition
    return {
      ...node,
      id,
      index: place,
      scope: index,
      data: raw,
      isBranch: executionClass === 'branch' || node.errorStrategy === 'fail-branch',
      isResponse: executionClass === 'response',
      isRoot: executionClass === 'root',
      inner: executionClass === 'container' ? scopeOf.get(id) : undefined,
      isHidden: node.type === 'iteration-start' || node.type === 'loop-start',
      out: edges.filter(({ source }) => source === place),
      incoming: edges.filter(({ target }) => target === place),
    }
  })
  return { index, nodes, edges }
}

function planEdges(edges: readonly GraphEdge[], placeOf: ReadonlyMap<string, number>): readonly PlanEdge[] {
  const planned: PlanEdge[] = []
  for (const { id, source, target, sourceHandle } of edges) {
    const from = placeOf.get(source)
    const to = placeOf.get(target)
    if (from !== undefined && to !== undefined) planned.push({ id, index: planned.length, source: from, target: to, handle: sourceHandle })
  }
  return planned
}

/** Nodes that a loop's round starts without: its own and those of iterations within, not those of loops within. */
function namespacesOf(nodes: readonly PlanNode[], drafts: readonly ScopeDraft[]): readonly string[] {
  return nodes.flatMap((node): readonly string[] => {
    const inner = node.inner === undefined ? undefined : drafts[node.inner]
    return inner && node.type !== 'loop' ? [node.id, ...namespacesOf(inner.nodes, drafts)] : [node.id]
  })
}

/** A circle would wait for itself. */
function checkScope({ nodes }: PlanScope): void {
  const waiting = nodes.map(({ incoming }) => incoming.length)
  const ready = nodes.filter(({ incoming }) => incoming.length === 0)
  let count = 0
  for (let node = ready.pop(); node; node = ready.pop()) {
    count += 1
    for (const { target } of node.out) {
      waiting[target] = (waiting[target] ?? 0) - 1
      const next = nodes[target]
      if (waiting[target] === 0 && next) ready.push(next)
    }
  }
  if (count === nodes.length) return
  const stuck = nodes.find((_, place) => (waiting[place] ?? 0) > 0)
  throw new GraphError(
    `The edges around "${stuck?.title || stuck?.id}" go round in a circle; use a loop node to repeat something.`,
    stuck?.id,
  )
}

function first(scopes: readonly PlanScope[]): PlanScope {
  const [scope] = scopes
  if (!scope) throw new GraphError('The graph has no nodes.')
  return scope
}
