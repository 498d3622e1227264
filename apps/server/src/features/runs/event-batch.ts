import { isTerminalEvent, type RunEvent, runEventSchema } from '@trellis/contracts'
import { parseJson } from '@trellis/values'
import { z } from 'zod'
import type { EventBatch } from './run-channel.ts'
import type { RunEventsRow } from './runs.repository.ts'
import { isStartOf, startOf } from './whole-node.ts'

/**
 * How a batch of events lies in the journal (version 1): a JSON array in which a stretch of text deltas is one entry, and a node's start
 * with its end behind it. Every event keeps its own offset: a reader may continue between any two.
 */
const textDeltas = z.object({
  type: z.literal('text-deltas'),
  texts: z.array(z.string()),
  from: z.array(z.string()).optional(),
  nodeId: z.string().optional(),
  iterationId: z.string().optional(),
  loopId: z.string().optional(),
})
const wholeNode = z.object({ type: z.literal('whole-node'), end: runEventSchema })
const storedBatch = z.array(z.union([textDeltas, wholeNode, runEventSchema]))

type StoredEntry = z.infer<typeof storedBatch>[number]

export function encodeBatch(events: readonly RunEvent[]): string {
  const entries: StoredEntry[] = []
  let stretch: { readonly texts: string[]; readonly source: string | undefined } | undefined
  for (let place = 0; place < events.length; place++) {
    const event = events[place] as RunEvent // within the list
    if (event.type !== 'text-delta') {
      stretch = undefined
      const next = events[place + 1]
      if (isStartOf(event, next)) {
        entries.push({ type: 'whole-node', end: next })
        place++
      } else entries.push(event)
      continue
    }
    const { type: _, text, ...origin } = event
    const source = origin.from?.join('.')
    if (stretch && stretch.source === source) stretch.texts.push(text)
    else {
      stretch = { texts: [text], source }
      entries.push({ type: 'text-deltas', texts: stretch.texts, ...origin })
    }
  }
  return JSON.stringify(entries)
}

export function decodeBatch(text: string): RunEvent[] {
  return storedBatch.parse(parseJson(text)).flatMap((entry): RunEvent[] => {
    if (entry.type === 'whole-node') return entry.end.type === 'node-end' ? [startOf(entry.end), entry.end] : [entry.end]
    if (entry.type !== 'text-deltas') return [entry]
    const { type: _, texts, ...origin } = entry
    return texts.map((piece) => ({ type: 'text-delta', text: piece, ...origin }))
  })
}

export const toBatch = (row: RunEventsRow): EventBatch => ({
  epoch: row.epoch,
  firstOffset: row.first_offset,
  events: decodeBatch(row.events),
})

export const endsRun = (batch: EventBatch): boolean => batch.events.some(isTerminalEvent)

/** Whether the run waits after that for people; a later life of it may go on. */
export const pausesRun = (batch: EventBatch): boolean => batch.events.at(-1)?.type === 'run-pause'

/** The text that a caller has in hand after these events. */
export function foldText(text: string, events: readonly RunEvent[]): string {
  let folded = text
  for (const event of events) {
    if (event.type === 'text-delta') folded += event.text
    else if (event.type === 'text-replace') folded = event.text
  }
  return folded
}

/** The events of one row of the journal. */
export const decodeEvents = (row: RunEventsRow): RunEvent[] => decodeBatch(row.events)
