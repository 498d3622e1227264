import { afterEach, describe, expect, it, vi } from 'vitest'
import { isPageThere, loadPart } from './lazy-part.ts'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

describe('code that is loaded when it is needed', () => {
  it('is asked for again as soon as the net is back', async () => {
    const window = new EventTarget()
    vi.stubGlobal('window', window)
    let tries = 0
    const loading = loadPart(async () => {
      tries += 1
      if (tries === 1) throw new TypeError('Failed to fetch dynamically imported module')
      return 'part'
    })
    await expect.poll(() => tries).toBe(1)
    window.dispatchEvent(new Event('online'))
    expect(await loading).toBe('part')
  })
})

describe('the page that is asked for', () => {
  it('is not there where nothing answers in time', async () => {
    const timeOut = AbortSignal.timeout.bind(AbortSignal)
    const limit = vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => timeOut(1))
    vi.stubGlobal('location', { href: 'https://trellis.example.com/apps' })
    vi.stubGlobal('fetch', (_: string, { signal }: RequestInit) => {
      return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
    })
    expect(await isPageThere()).toBe(false)
    expect(limit).toHaveBeenCalledWith(2000)
  })
})
