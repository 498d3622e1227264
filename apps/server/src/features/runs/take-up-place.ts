import type { RunEvent } from '@trellis/contracts'

/** Where a run goes on in its next life, as operators are told of it. */
export interface TakeUpPlace {
  /** Nodes that had ended: none of them is executed again. */
  readonly endedNodes: number
  /** Titles of those that had begun and not ended. */
  readonly openNodes: readonly string[]
}

export function toTakeUpPlace(events: readonly RunEvent[]): TakeUpPlace {
  const open = new Map<string, string>()
  const ended = new Set<string>()
  for (const event of events) {
    if (event.type === 'node-start') open.set(event.executionId, event.title)
    else if (event.type === 'node-end') {
      open.delete(event.executionId)
      ended.add(event.executionId)
    }
  }
  return { endedNodes: ended.size, openNodes: [...open.values()] }
}
