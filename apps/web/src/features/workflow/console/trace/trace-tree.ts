import type { NodeRun } from '@trellis/contracts'

/** One execution of a node with what belongs to it. */
export interface TraceNode {
  readonly run: NodeRun
  /** Attempts that failed before it, oldest first. */
  readonly attempts: readonly NodeRun[]
  /** Of iterations and loops, in order. */
  readonly rounds: readonly TraceRound[]
}

export interface TraceRound {
  /** From 0. */
  readonly index: number
  /** Undefined where it was not told. */
  readonly seconds: number | undefined
  readonly nodes: readonly TraceNode[]
}

interface Scope {
  readonly nodeId: string
  readonly index: number
}

interface Branch {
  readonly run: NodeRun
  readonly attempts: readonly NodeRun[]
  readonly children: { readonly round: number; readonly branch: Branch }[]
}

/** The executions of a run, those in rounds of containers below them. */
export function toTraceTree(runs: readonly NodeRun[]): TraceNode[] {
  const roots: Branch[] = []
  const containers: Branch[] = []
  let attempts: NodeRun[] = []
  for (const run of runs) {
    if (run.status === 'retry') {
      attempts.push(run)
      continue
    }
    const branch: Branch = { run, attempts, children: [] }
    attempts = []
    const home = findHome(run, containers)
    if (home) home.container.children.push({ round: home.round, branch })
    else roots.push(branch)
    if (isContainer(run)) containers.push(branch)
  }
  return roots.map(toNode)
}

const isContainer = ({ node_type: type }: NodeRun): boolean => type === 'iteration' || type === 'loop'

/**
 * The container execution in which a node ran. A node knows of each kind its innermost round; of two kinds, the container that is itself in a
 * round of the other is the inner one. A container may have run several times: the newest that was there before is meant.
 */
function findHome(run: NodeRun, containers: readonly Branch[]) {
  const scopes = scopesOf(run)
  for (const scope of scopes) {
    const outer = scopes.filter((other) => other !== scope)
    const container = containers.findLast(({ run: candidate }) => candidate.node_id === scope.nodeId && isWithin(candidate, outer))
    if (container) return { container, round: scope.index }
  }
  return undefined
}

/** A container in whose rounds the node stands has the node's other rounds as its own. */
function isWithin(container: NodeRun, outer: readonly Scope[]): boolean {
  const own = scopesOf(container)
  return outer.every((scope) => own.some(({ nodeId, index }) => nodeId === scope.nodeId && index === scope.index))
}

function scopesOf({ execution_metadata: metadata }: NodeRun): Scope[] {
  return (['iteration', 'loop'] as const).flatMap((kind) => {
    const nodeId = metadata?.[`${kind}_id`]
    const index = metadata?.[`${kind}_index`]
    return typeof nodeId === 'string' && typeof index === 'number' ? [{ nodeId, index }] : []
  })
}

function toNode({ run, attempts, children }: Branch): TraceNode {
  const indexes = [...new Set(children.map(({ round }) => round))].sort((one, other) => one - other)
  const rounds = indexes.map(
    (index): TraceRound => ({
      index,
      seconds: roundSeconds(run, index),
      nodes: children.filter(({ round }) => round === index).map(({ branch }) => toNode(branch)),
    }),
  )
  return { run, attempts, rounds }
}

function roundSeconds({ execution_metadata: metadata }: NodeRun, index: number): number | undefined {
  const durations = metadata?.['iteration_duration_map'] ?? metadata?.['loop_duration_map']
  if (typeof durations !== 'object' || durations === null) return undefined
  const seconds = (durations as Record<string, unknown>)[String(index)] // Keys are the rounds' numbers.
  return typeof seconds === 'number' ? seconds : undefined
}

/** Money by currency, added up over the nodes that had a price. */
export function totalPrices(runs: readonly NodeRun[]): { readonly currency: string; readonly amount: string }[] {
  const sums = new Map<string, number>()
  for (const { execution_metadata: metadata } of runs) {
    const price = Number(metadata?.['total_price'] ?? 0)
    if (price > 0) sums.set(String(metadata?.['currency'] ?? 'USD'), (sums.get(String(metadata?.['currency'] ?? 'USD')) ?? 0) + price)
  }
  return [...sums].map(([currency, amount]) => ({ currency, amount: amount.toFixed(9) }))
}
