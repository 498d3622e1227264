import { describe, expect, it } from 'vitest'
import { everything } from './log-filter.ts'
import { readLogSearch, toLogSearch, toLogView } from './log-search.ts'

const id = '018f0000-0000-7000-8000-000000000001'

describe('the address of the log', () => {
  it('keeps what narrows, the page and the open conversation', () => {
    const view = { filter: { ...everything, keyword: 'tea', status: 'failed', range: 'week' }, page: 2, openId: id } as const
    expect(toLogSearch(view)).toEqual({ keyword: 'tea', status: 'failed', range: 'week', page: 2, conversation: id })
    expect(toLogView(toLogSearch(view))).toEqual(view)
  })

  it('is bare where nothing is narrowed', () => {
    expect(toLogSearch({ filter: everything, page: 1, openId: null })).toEqual({})
    expect(toLogView({})).toEqual({ filter: everything, page: 1, openId: null })
  })

  it('leaves out what it does not know', () => {
    expect(readLogSearch({ status: 'x', page: -3, conversation: '../a', from: 'soon', sort: 'created_at', other: 1 })).toEqual({
      sort: 'created_at',
    })
  })

  it('takes words that look like a number, and a workflow’s run', () => {
    expect(readLogSearch({ keyword: 2026, run: 'r1' })).toEqual({ keyword: '2026', run: 'r1' })
  })
})
