import { describe, expect, it } from 'vitest'
import { whyNoBubblewrap } from '../../../packages/sandbox/src/testing/local-bubblewrap.ts'
import { measureSandbox } from './scenarios.ts'

const reason = await whyNoBubblewrap()

describe.skipIf(reason !== undefined)('the measurement of the sandbox', () => {
  it('times every way of running code, each by the means that it is meant for', async () => {
    const figures = await measureSandbox({ calls: 2, saturatedMs: 50 }, () => undefined)
    expect(figures.fastPathPerSecond).toBeGreaterThan(0)
    for (const { count, p50 } of [figures.fastPath, figures.python, figures.javascript, figures.barePython, figures.bareNode]) {
      expect(count).toBeGreaterThan(0)
      expect(p50).toBeGreaterThan(0)
    }
  })
})
