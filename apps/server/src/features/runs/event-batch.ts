import { isTerminalEvent, type RunEvent, runEventSchema } from '@trellis/contracts'
import { z } from 'zod'
import type { EventBatch } from './run-channel.ts'
import type { RunEventsRow } from './runs.repository.ts'

/**
 * How a batch of events lies in the journal (version 1): a JSON array in which a stretch of text deltas is one entry.
 * Every delta keeps its own offset: a reader may continue between any two.
 */
const textDeltas = z.object({ type: z.literal('text-deltas'), texts: z.array(z.string()) })
const storedBatch = z.array(z.union([textDeltas, runEventSchema]))

type StoredEntry = z.infer<typeof storedBatch>[number]

export function encodeBatch(events: readonly RunEvent[]): string {
  const entries: StoredEntry[] = []
  let texts: string[] | undefined
  for (const event of events) {
    if (event.type !== 'text-delta') {
      texts = undefined
      entries.push(event)
    } else if (texts) {
      texts.push(event.text)
    } else {
      texts = [event.text]
      entries.push({ type: 'text-deltas', texts })
    }
  }
  return JSON.stringify(entries)
}

export function decodeBatch(text: string): RunEvent[] {
  return storedBatch
    .parse(JSON.parse(text))
    .flatMap((entry) =>
      entry.type === 'text-deltas' ? entry.texts.map((piece): RunEvent => ({ type: 'text-delta', text: piece })) : [entry],
    )
}

export const toBatch = (row: RunEventsRow): EventBatch => ({
  epoch: row.epoch,
  firstOffset: row.first_offset,
  events: decodeBatch(row.events),
})

export const endsRun = (batch: EventBatch): boolean => batch.events.some(isTerminalEvent)

/** The text that a caller has in hand after these events. */
export function foldText(text: string, events: readonly RunEvent[]): string {
  let folded = text
  for (const event of events) {
    if (event.type === 'text-delta') folded += event.text
    else if (event.type === 'text-replace') folded = event.text
  }
  return folded
}
