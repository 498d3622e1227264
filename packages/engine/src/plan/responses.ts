import type { Selector } from '@trellis/variables'
import type { PlanEdge, PlanNode, PlanResponse, ResponseSegment } from './plan.ts'

/** The response nodes of a scope, and for each the edges that hold it back (workflow spec 4.7). */
export function planResponses(nodes: readonly PlanNode[], edges: readonly PlanEdge[]): readonly PlanResponse[] {
  return nodes.flatMap((node): PlanResponse[] => {
    const template = node.isResponse ? node.node.definition.template?.(node.config) : undefined
    if (!template) return []
    const segments = template.map(
      (part): ResponseSegment =>
        part.type === 'text' ? part : { type: 'variable', selector: part.selector, key: part.selector.join('.') },
    )
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
