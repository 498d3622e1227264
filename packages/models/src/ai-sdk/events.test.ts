import { describe, expect, it } from 'vitest'
import { initialStreamState, toModelEvents } from './events.ts'

const eventsOf = (part: Parameters<typeof toModelEvents>[1]) => toModelEvents(initialStreamState, part, () => '')[1]

describe('files that a model made', () => {
  it('are told as content, however it came', () => {
    const told = [{ type: 'file', mimeType: 'image/png', base64: 'Yml0cw==' }]
    expect(eventsOf({ type: 'file', mediaType: 'image/png', data: { type: 'data', data: 'Yml0cw==' } })).toEqual(told)
    expect(eventsOf({ type: 'file', mediaType: 'image/png', data: { type: 'data', data: Buffer.from('bits') } })).toEqual(told)
  })

  it('are left out where they are an address only', () => {
    expect(eventsOf({ type: 'file', mediaType: 'image/png', data: { type: 'url', url: new URL('https://example.com/a.png') } })).toEqual([])
  })
})
