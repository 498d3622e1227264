import type { Selector } from '@trellis/variables'
import type { PlanNode, PlanResponse, PlanScope, ResponseSegment } from './plan.ts'

/** The response nodes of a scope, and for each the edges that hold it back (workflow spec 4.7). */
export function planResponses(
  { nodes, edges }: Pick<PlanScope, 'nodes' | 'edges'>,
  nodesById: ReadonlyMap<string, PlanNode>,
): readonly PlanResponse[] {
  return nodes.flatMap((node): PlanResponse[] => {
    const template = node.isResponse ? node.node.definition.template?.(node.config) : undefined
    if (!template) return []
    const segments = template.map((part): ResponseSegment => {
      if (part.type === 'text') return part
      const { selector } = part
      return { type: 'variable', selector, key: selector.join('.'), source: nodesById.get(selector[0] ?? '') }
    })
    const selectors = segments.flatMap((segment) => (segment.type === 'variable' ? [segment.selector] : []))
    const isBlockingSource = nodes.map((source) => holdsBack(source, selectors))
    return [{ node, segments, isBlocking: edges.map((edge) => isBlockingSource[edge.source] ?? false) }]
  })
}

/** Whether what lies behind a node must wait for it: which way it goes, what it contains, what it shows first, or what it assigns. */
function holdsBack(source: PlanNode, selectors: readonly Selector[]): boolean {
  if (source.isBranch || source.isResponse || source.inner !== undefined) return true
  const assigned = source.node.definition.assigns?.(source.config) ?? []
  return assigned.some((target) => selectors.some((selector) => selector[0] === target[0] && selector[1] === target[1]))
}
