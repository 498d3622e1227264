import { afterEach, describe, expect, it, vi } from 'vitest'
import { loadPart } from './lazy-part.ts'

afterEach(() => vi.unstubAllGlobals())

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
