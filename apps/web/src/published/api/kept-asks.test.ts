import { afterEach, describe, expect, it, vi } from 'vitest'
import { createKeyValueStore } from '../storage.ts'
import { createKeptAsks } from './kept-asks.ts'

const HOUR_MS = 3_600_000

/** A tab, whose storage outlives its pages. */
function aTab(text?: string) {
  const kept = new Map(text === undefined ? [] : [['trellis.asks.code', text]])
  const tabStore = createKeyValueStore(() => ({
    getItem: (key: string) => kept.get(key) ?? null,
    setItem(key: string, value: string) {
      if (value.length > 1_000_000) throw new DOMException('full', 'QuotaExceededError')
      kept.set(key, value)
    },
    removeItem: (key: string) => void kept.delete(key),
    key: () => null,
    clear: () => kept.clear(),
    length: kept.size,
  }))
  let hours = 0
  const page = (code = 'code') => createKeptAsks<string>({ code, tabStore, now: () => hours * HOUR_MS })
  const wait = (more: number) => {
    hours += more
  }
  return { page, kept, wait }
}

const told = (asks: ReturnType<typeof createKeptAsks<string>>) =>
  asks.takeUp().map(({ id, what, isRepeated }) => ({ id, what, isRepeated }))

afterEach(() => vi.unstubAllGlobals())

describe('what is asked for', () => {
  it('stays kept while its page is being left, when requests fail that nobody stopped', () => {
    const browser = new EventTarget()
    vi.stubGlobal('window', browser)
    const { page, kept } = aTab()
    const rain = page().begin('rain')
    browser.dispatchEvent(new Event('pagehide'))
    rain.forget()
    expect(told(page())).toEqual([{ id: rain.id, what: 'rain', isRepeated: true }])
    // The page came back as it was.
    browser.dispatchEvent(new Event('pageshow'))
    rain.forget()
    expect(kept.size).toBe(0)
  })
  it('is known to the next life of the page by its name, until it was taken', () => {
    const { page, kept } = aTab()
    const asks = page()
    const rain = asks.begin('rain')
    const snow = asks.begin('snow')
    rain.change('more rain')
    snow.forget()
    expect(told(asks)).toEqual([])
    const after = page()
    expect(after.takeUp()).toMatchObject([{ id: rain.id, what: 'more rain', isRepeated: true }])
    expect(told(after)).toEqual([])
    rain.forget()
    rain.change('rain again')
    expect(told(page())).toEqual([])
    expect(kept.size).toBe(0)
  })

  it('is of one app', () => {
    const { page } = aTab()
    page().begin('rain')
    expect(told(page('another'))).toEqual([])
  })

  it('is forgotten before the server forgets it', () => {
    const { page, kept, wait } = aTab()
    page().begin('rain')
    wait(22)
    expect(told(page())).toHaveLength(1)
    wait(1)
    expect(told(page())).toEqual([])
    expect(kept.size).toBe(0)
  })

  it('is not kept where it is too large, or the tab is full', () => {
    const { page } = aTab()
    const asks = page()
    asks.begin('x'.repeat(600_000))
    const first = asks.begin('y'.repeat(490_000))
    const second = asks.begin('z'.repeat(490_000))
    asks.begin('w'.repeat(490_000))
    expect(page().takeUp()).toMatchObject([{ id: first.id }, { id: second.id }])
  })

  it('is nothing where the text is broken', () => {
    expect(told(aTab('{').page())).toEqual([])
  })
})
