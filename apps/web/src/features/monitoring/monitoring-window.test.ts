import { describe, expect, it } from 'vitest'
import { toWindowQuery } from './monitoring-window.ts'

const now = new Date('2026-03-01T20:30:00Z')
const open = { from: '', until: '' }

describe('toWindowQuery', () => {
  it('takes whole days, today among them, where the account is', () => {
    expect(toWindowQuery({ ...open, range: 'week' }, now, 'UTC')).toEqual({ start: '2026-02-23 00:00' })
    expect(toWindowQuery({ ...open, range: 'week' }, now, 'Asia/Shanghai')).toEqual({ start: '2026-02-24 00:00' })
    expect(toWindowQuery({ ...open, range: 'day' }, now, 'UTC')).toEqual({ start: '2026-02-28 20:30' })
  })

  it('takes days of one’s own, open where one is missing', () => {
    expect(toWindowQuery({ range: 'custom', from: '2026-02-01', until: '2026-02-03' }, now, 'UTC')).toEqual({
      start: '2026-02-01 00:00',
      end: '2026-02-03 23:59',
    })
    expect(toWindowQuery({ ...open, range: 'custom' }, now, 'UTC')).toEqual({})
  })
})
