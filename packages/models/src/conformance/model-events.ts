import type { ModelEvent } from '@trellis/spec'
import { expect } from 'vitest'

export async function collectEvents(stream: AsyncIterable<ModelEvent>): Promise<readonly ModelEvent[]> {
  const events: ModelEvent[] = []
  for await (const event of stream) events.push(event)
  return events
}

export function textIn(events: readonly ModelEvent[]): string {
  return events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('')
}

export function reasoningIn(events: readonly ModelEvent[]): string {
  return events.map((event) => (event.type === 'reasoning-delta' ? event.text : '')).join('')
}

/** Exactly one finish, at the end; no empty deltas; usage in whole, non-negative numbers. */
export function expectWellFormed(events: readonly ModelEvent[]): void {
  const finishes = events.filter((event) => event.type === 'finish')
  expect(finishes).toHaveLength(1)
  expect(events.at(-1)).toBe(finishes[0])
  expect(events.filter((event) => event.type === 'text-delta' && event.text === '')).toEqual([])
  const usage = finishes[0]?.usage
  expect(Number.isInteger(usage?.promptTokens) && Number.isInteger(usage?.completionTokens)).toBe(true)
}
