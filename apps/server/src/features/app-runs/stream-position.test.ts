import { describe, expect, it } from 'vitest'
import { readStreamWish } from './stream-position.ts'

describe('readStreamWish', () => {
  it.each([
    [{}, false, undefined],
    [{ 'x-stream-ids': '1' }, true, undefined],
    [{ 'x-stream-ids': '0' }, false, undefined],
    [{ 'last-event-id': '2-17' }, true, { epoch: 2, offset: 17 }],
    [{ 'last-event-id': ' 0-0 ' }, true, { epoch: 0, offset: 0 }],
    [{ 'last-event-id': '' }, true, undefined],
    [{ 'last-event-id': '2' }, true, undefined],
    [{ 'last-event-id': '-1-2' }, true, undefined],
    [{ 'last-event-id': '1-1e3' }, true, undefined],
    [{ 'last-event-id': `1-${'9'.repeat(13)}` }, true, undefined],
  ])('reads %j: ids %s, after %j', (headers, hasIds, after) => {
    expect(readStreamWish({ headers })).toEqual({ hasIds, after })
  })
})
