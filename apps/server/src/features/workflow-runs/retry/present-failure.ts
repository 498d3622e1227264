import type { FailedNode } from '@trellis/contracts'
import { toPlain } from '@trellis/values'
import { Variable } from '@trellis/variables'
import { createValueMask } from '../secret-mask.ts'
import type { NeededVariable } from '../trials/given-variables.ts'
import { type Failure, listReadBy } from './find-failure.ts'

/** What somebody is shown who may try a run again: the node that failed, and what it read, each variable once. Secrets are hidden in it. */
export function presentFailure({ node, pool, stored, workflow }: Failure): FailedNode {
  if (!node) return { node: null, inputs: [] }
  const hide = createValueMask(workflow.environmentVariables)
  const titleOf = (id: string): string => workflow.plan().nodesById.get(id)?.title || id
  const readsForm = node.type === 'start'
  const read = new Map(listReadBy(node).map((variable) => [variable.selector.join('.'), variable]))
  return {
    node: { id: node.id, type: node.type, title: node.title || node.id },
    inputs: [...read.values()].map((variable) => {
      const [source = '', ...rest] = variable.selector
      // A form that failed has put nothing into the pool.
      const given = readsForm ? new Variable(stored.inputs[rest[0] ?? ''] ?? null) : undefined
      const { type, value } = pool?.get(variable.selector) ?? given ?? new Variable(null)
      const label = [...(readsForm ? [] : [titleOf(source)]), ...rest].join(' / ')
      return { name: nameOf(variable), label, value_type: type, value: toPlain(hide?.(value) ?? value) }
    }),
  }
}

/** By its place, where it may be given so: a node may call two things alike. */
function nameOf({ names, selector }: NeededVariable): string {
  const place = `#${selector.join('.')}#`
  return names.includes(place) ? place : (names[0] ?? place)
}
