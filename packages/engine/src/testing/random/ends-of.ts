import type { RunEvent } from '@trellis/contracts'
import { allNodes, type RandomGraph } from './random-graph.ts'
import { placeOf, type Reference } from './reference-run.ts'

type NodeEvent = Extract<RunEvent, { readonly type: 'node-start' | 'node-end' | 'node-retry' }>

export const placeOfEvent = ({ nodeId, iterationIndex, loopIndex }: NodeEvent): string =>
  placeOf(nodeId, { iteration: iterationIndex, loop: loopIndex })

/** How nodes ended, as a reference tells it: without the start, and without the insides of containers in which a round failed. */
export function endsOf({ root }: RandomGraph, journal: readonly RunEvent[], { uncertain }: Reference): ReadonlyMap<string, string> {
  const hidden = new Set(
    allNodes(root).flatMap(({ id, inner }) => (inner && uncertain.has(id) ? allNodes(inner).map((node) => node.id) : [])),
  )
  const ends = new Map<string, string>()
  for (const event of journal) {
    if (event.type !== 'node-end' || event.nodeId === 'start' || hidden.has(event.nodeId)) continue
    const output = event.outputs?.['output']
    ends.set(
      placeOfEvent(event),
      `${event.status} ${typeof output === 'string' || output === undefined ? (output ?? '') : JSON.stringify(output)}`,
    )
  }
  return ends
}

/** Answers come in the order in which their nodes ended: the texts of one run, sorted. */
export const answersOf = (answer: unknown): readonly string[] =>
  (typeof answer === 'string' ? (answer.match(/<[^<>]*>/g) ?? []) : []).toSorted()

/** What a reader outside containers has been shown. */
export function textOf(events: readonly RunEvent[]): string {
  let text = ''
  for (const event of events) {
    if (event.type === 'text-delta' && event.iterationId === undefined && event.loopId === undefined) text += event.text
  }
  return text
}
