import type { Dict, Value } from '@trellis/values'
import fc from 'fast-check'

export type RandomKind = 'work' | 'branch' | 'assign' | 'ask' | 'answer' | 'iteration' | 'loop' | 'loop-end'

/** A node with everything that decides what it does: the same in whatever order, and however often, it is asked. */
export interface RandomNode {
  readonly id: string
  readonly kind: RandomKind
  readonly sources: readonly { readonly id: string; readonly handle: string }[]
  /** Attempts that fail, in rounds whose index has its bit in the mask. */
  readonly failures: number
  readonly failingRounds: number
  readonly retries: number
  readonly strategy: 'none' | 'fail-branch' | 'default-value'
  /** Pieces of text that it streams. */
  readonly pieces: number
  readonly isExternal: boolean
  /** Of answers: the nodes that the template names. */
  readonly refs: readonly string[]
  /** Of containers. */
  readonly inner: RandomScope | undefined
  readonly rounds: number
  readonly parallel: number
  readonly onError: 'terminated' | 'continue-on-error' | 'remove-abnormal-output'
}

export interface RandomScope {
  /** The container that it is inside of. */
  readonly owner: { readonly id: string; readonly kind: 'iteration' | 'loop' } | undefined
  /** Sources stand before their targets. */
  readonly nodes: readonly RandomNode[]
}

export interface RandomGraph {
  readonly root: RandomScope
  readonly document: Dict
  /** Some answer names a node that is not behind it, so what it shows depends on time. */
  readonly isRacy: boolean
  readonly hasInnerAnswers: boolean
}

type Shape = Omit<RandomNode, 'id' | 'sources' | 'refs' | 'inner'> & {
  readonly wires: readonly (readonly [number, boolean])[]
  readonly refs: readonly number[]
  readonly inner: readonly Shape[]
}

export interface GraphChoices {
  /** Without iterations, whose rounds replace the conversation's variables in the order in which they end, there may be assigners. */
  readonly kinds: readonly RandomKind[]
}

const FAILURES = [0, 0, 0, 0, 1, 1, 2, 9] as const

const shapes = (kinds: readonly RandomKind[], depth: number, maxLength: number): fc.Arbitrary<readonly Shape[]> =>
  fc.array(
    fc.constantFrom(...kinds).chain((kind) => shapeOf(kind, kinds, depth)),
    { minLength: 1, maxLength },
  )

function shapeOf(kind: RandomKind, kinds: readonly RandomKind[], depth: number): fc.Arbitrary<Shape> {
  // Labels tell the innermost round of each kind: containers within are of the other kind, so that each execution has its own name.
  const innerKinds = kinds.filter((inner) => inner !== kind && (depth > 1 || !isContainer(inner)))
  const within: readonly RandomKind[] = kind === 'loop' ? [...innerKinds, 'loop-end'] : innerKinds.filter((inner) => inner !== 'loop-end')
  return fc.record({
    kind: fc.constant(kind),
    wires: fc.array(fc.tuple(fc.nat(7), fc.boolean()), { minLength: 1, maxLength: 3 }),
    failures: kind === 'work' ? fc.constantFrom(...FAILURES) : fc.constant(0),
    failingRounds: fc.constantFrom(1, 2, 3, 7),
    retries: kind === 'work' ? fc.constantFrom(0, 0, 1, 2) : fc.constant(0),
    strategy: kind === 'work' || isContainer(kind) ? fc.constantFrom('none', 'fail-branch', 'default-value') : fc.constant('none'),
    pieces: kind === 'work' ? fc.constantFrom(0, 0, 2, 3) : fc.constant(0),
    isExternal: kind === 'work' ? fc.boolean() : fc.constant(false),
    refs: kind === 'answer' ? fc.array(fc.nat(8), { maxLength: 3 }) : fc.constant([]),
    inner: isContainer(kind) ? shapes(within, depth - 1, 4) : fc.constant([]),
    rounds: fc.nat(3),
    parallel: fc.integer({ min: 1, max: 3 }),
    onError: fc.constantFrom('terminated', 'continue-on-error', 'remove-abnormal-output'),
  })
}

/** Graphs of up to eight nodes, with containers up to two deep. Smaller ones are found for what fails. */
export const randomGraphs = ({ kinds }: GraphChoices): fc.Arbitrary<RandomGraph> =>
  fc.tuple(shapes(kinds, 2, 8), fc.nat(3)).map(([root, chance]) => build(root, chance === 0))

function build(shape: readonly Shape[], isRacy: boolean): RandomGraph {
  const root = toScope(shape, { owner: undefined, prefix: 'n', isRacy })
  const nodes: Value[] = []
  const edges: Value[] = []
  writeScope(root, { nodes, edges, item: undefined })
  const hasInnerAnswers = allNodes(root).some(({ inner }) => inner?.nodes.some(({ kind }) => kind === 'answer'))
  return { root, document: { nodes, edges }, isRacy, hasInnerAnswers }
}

export const startOf = ({ owner }: RandomScope): string => (owner ? `${owner.id}start` : 'start')

export const allNodes = (scope: RandomScope): readonly RandomNode[] =>
  scope.nodes.flatMap((node) => (node.inner ? [node, ...allNodes(node.inner)] : [node]))

interface Place {
  readonly owner: RandomScope['owner']
  readonly prefix: string
  readonly isRacy: boolean
}

function toScope(shape: readonly Shape[], { owner, prefix, isRacy }: Place): RandomScope {
  const nodes: RandomNode[] = []
  const scope: RandomScope = { owner, nodes }
  const behind = new Map<string, ReadonlySet<string>>([[startOf(scope), new Set()]])
  shape.forEach(({ wires, refs, inner, ...rest }, place) => {
    const id = `${prefix}${place}`
    const sources = new Map<string, RandomNode['sources'][number]>()
    for (const [from, way] of wires) {
      const source = nodes[from % (place + 1)]
      const handle = handleOf(source, way)
      sources.set(`${source?.id}:${handle}`, { id: source?.id ?? startOf(scope), handle })
    }
    const ancestors = new Set([...sources.values()].flatMap((source) => [source.id, ...(behind.get(source.id) ?? [])]))
    behind.set(id, ancestors)
    // What an answer may name: what has texts, and something that is nowhere.
    const named = nodes.filter((node) => (isRacy || ancestors.has(node.id)) && node.kind !== 'iteration' && node.kind !== 'answer')
    nodes.push({
      ...rest,
      id,
      sources: [...sources.values()],
      refs: refs.map((ref) => referenceTo(named[ref % (named.length + 1)])),
      inner: isContainer(rest.kind) ? toScope(inner, { owner: { id, kind: rest.kind }, prefix: `${id}_`, isRacy }) : undefined,
    })
  })
  return scope
}

const isContainer = (kind: RandomKind): kind is 'iteration' | 'loop' => kind === 'iteration' || kind === 'loop'

const handleOf = (source: RandomNode | undefined, way: boolean): string => {
  if (source?.kind === 'branch' || source?.kind === 'ask') return way ? 'yes' : 'no'
  return source?.strategy === 'fail-branch' && way ? 'fail-branch' : 'source'
}

const referenceTo = (node: RandomNode | undefined): string => {
  if (!node) return 'ghost.output'
  if (node.kind === 'assign') return `conversation.v_${node.id}`
  return node.pieces > 0 ? `${node.id}.text` : `${node.id}.output`
}

interface Writing {
  readonly nodes: Value[]
  readonly edges: Value[]
  /** The iteration whose items the nodes read. */
  readonly item: string | undefined
}

function writeScope(scope: RandomScope, { nodes, edges, item }: Writing): void {
  const { owner } = scope
  const parent: Dict = owner ? { parentId: owner.id } : {}
  nodes.push({ id: startOf(scope), ...parent, data: { type: owner ? `${owner.kind}-start` : 'start' } })
  for (const node of scope.nodes) {
    const { id, kind, inner, sources, strategy } = node
    nodes.push({ id, ...parent, data: { type: kind, ...dataOf(node, scope, item), ...strategyOf(strategy) } })
    for (const source of sources) edges.push({ source: source.id, sourceHandle: source.handle, target: id })
    if (inner) writeScope(inner, { nodes, edges, item: kind === 'iteration' ? id : item })
  }
}

const strategyOf = (strategy: RandomNode['strategy']): Dict =>
  strategy === 'none' ? {} : { error_strategy: strategy, default_value: [{ key: 'output', type: 'string', value: 'instead' }] }

function dataOf(node: RandomNode, scope: RandomScope, item: string | undefined): Dict {
  const { id, failures, failingRounds, retries, pieces, isExternal, inner, rounds, parallel, onError } = node
  return {
    sources: node.sources.map((source) => readableOf(source.id, scope)),
    item: item ?? '',
    owner: scope.owner?.id ?? '',
    failures,
    failingRounds,
    retry_config: { retry_enabled: retries > 0, max_retries: retries, retry_interval: 5 },
    pieces,
    isExternal,
    answer: `<${id} ${node.refs.map((ref) => `{{#${ref}#}}`).join(' ')}>`,
    target: node === summingOf(scope) ? [scope.owner?.id ?? '', 'sum'] : ['conversation', `v_${id}`],
    start_node_id: inner ? startOf(inner) : '',
    result: inner?.nodes.at(-1)?.id ?? '',
    rounds,
    parallel,
    onError,
  }
}

/** Where a node finds what one before it says. */
function readableOf(id: string, scope: RandomScope): readonly string[] {
  const source = scope.nodes.find((node) => node.id === id)
  return source?.kind === 'assign' && source !== summingOf(scope) ? ['conversation', `v_${id}`] : [id, 'output']
}

/** The assigner of a loop that works on the loop's own variable. */
export const summingOf = ({ owner, nodes }: RandomScope): RandomNode | undefined =>
  owner?.kind === 'loop' ? nodes.find(({ kind }) => kind === 'assign') : undefined
