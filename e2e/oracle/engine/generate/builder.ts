import type { DeclaredVariable, Fake, GraphEdge, GraphNode, OracleObject, OracleValue } from '../case.ts'
import type { Random } from './random.ts'
import type { ValueType } from './values.ts'

export interface Reference {
  readonly selector: readonly string[]
  readonly type: ValueType
}

/** What can be referred to at a place: `sure` has run whenever the place is reached, `maybe` was on a branch or never is. */
export interface Scope {
  readonly sure: readonly Reference[]
  readonly maybe: readonly Reference[]
}

/** A graph in the making. */
export interface Builder {
  readonly random: Random
  readonly mode: 'workflow' | 'advanced-chat'
  readonly nodes: GraphNode[]
  readonly edges: GraphEdge[]
  readonly fakes: Record<string, Fake>
  readonly conversation: DeclaredVariable[]
  readonly environment: DeclaredVariable[]
  /** The graph stops growing beyond it. */
  readonly mostNodes: number
}

/** A place from which the graph goes on. */
export interface Exit {
  readonly from: string
  readonly handle: string
}

/** The container that a node stands in. */
export interface Container {
  readonly id: string
  readonly kind: 'iteration' | 'loop'
}

/** Names out of order, so that the order of ids is not the order of the graph. */
export function newId(builder: Builder, word: string): string {
  return `${builder.random.pick(['a', 'k', 'm', 'z', '17', '9'])}_${word}${builder.nodes.length}`
}

export function addNode(builder: Builder, id: string, data: OracleObject, container: Container | undefined): string {
  const inside: OracleObject = container
    ? { [container.kind === 'iteration' ? 'isInIteration' : 'isInLoop']: true, [`${container.kind}_id`]: container.id }
    : {}
  builder.nodes.push({ id, ...(container && { parentId: container.id }), data: { ...data, ...inside } })
  return id
}

export function connect(builder: Builder, exits: readonly Exit[], target: string): void {
  for (const { from, handle } of exits) {
    if (builder.edges.some((edge) => edge.source === from && edge.target === target && (edge.sourceHandle ?? 'source') === handle)) continue
    builder.edges.push({ source: from, ...(handle !== 'source' && { sourceHandle: handle }), target })
  }
}

export const extend = (scope: Scope, { sure = [], maybe = [] }: Partial<Scope>): Scope => ({
  sure: [...scope.sure, ...sure],
  maybe: [...scope.maybe, ...maybe],
})

/** A reference of one of the types, mostly one that is sure to be there; undefined where there is none. */
export function findReference(builder: Builder, scope: Scope, types: readonly ValueType[], rashness = 0.01): Reference | undefined {
  const fits = ({ type }: Reference): boolean => types.includes(type)
  const maybe = scope.maybe.filter(fits)
  if (maybe.length > 0 && builder.random.chance(rashness)) return builder.random.pick(maybe)
  const sure = scope.sure.filter(fits)
  return sure.length > 0 ? builder.random.pick(sure) : undefined
}

export const anyReference = (builder: Builder, scope: Scope, rashness?: number): Reference | undefined =>
  findReference(builder, scope, [...new Set([...scope.sure, ...scope.maybe].map(({ type }) => type))], rashness)

/** Text around some references. */
export function templateText(builder: Builder, scope: Scope, options: { readonly rashness: number; readonly most: number }): string {
  const { random } = builder
  const parts = Array.from({ length: random.integer(1, options.most) }, () => {
    const reference = random.chance(0.7) ? anyReference(builder, scope, options.rashness) : undefined
    return reference
      ? `{{#${reference.selector.join('.')}#}}`
      : random.pick(['Say: ', '\n', ' – ', '结果：', 'x', '{{plain}} ', '# Title\n'])
  })
  return parts.join('')
}

export const strings = (items: readonly string[]): OracleValue => [...items]
