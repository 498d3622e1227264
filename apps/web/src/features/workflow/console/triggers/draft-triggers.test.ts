import { expect, it } from 'vitest'
import { readDraftTriggers } from './draft-triggers.ts'

it('finds the triggers of a draft by their types', () => {
  const nodes = [
    { id: 'hook', data: { type: 'trigger-webhook', title: 'Order placed' } },
    { id: 'clock', data: { type: 'trigger-schedule', title: '' } },
    { id: 'end', data: { type: 'end', title: 'End' } },
    { id: 'odd' },
    null,
  ]
  expect(readDraftTriggers({ nodes })).toEqual([
    { id: 'hook', type: 'trigger-webhook', title: 'Order placed' },
    { id: 'clock', type: 'trigger-schedule', title: 'clock' },
  ])
  expect(readDraftTriggers({})).toEqual([])
})
