import { performance } from 'node:perf_hooks'

/** Thrown to end the journey where a later step could only fail because an earlier one did. */
export class StepFailure extends Error {}

export interface Report {
  chapter(title: string): void
  /** Runs a step and says how it went. What it throws ends the journey; faults found besides only count. */
  step(title: string, run: () => Promise<void>, takeFaults: () => string[]): Promise<void>
  /** Prints the closing line. The exit code. */
  close(): number
}

export function createReport(print: (line: string) => void): Report {
  let passed = 0
  let failed = 0
  const startedAt = performance.now()
  const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`
  const fail = (title: string, reason: string): void => {
    failed++
    print(`  ✗ ${title}\n    ${reason.replaceAll('\n', '\n    ')}`)
  }
  return {
    chapter: (title) => print(title),
    async step(title, run, takeFaults) {
      const stepStartedAt = performance.now()
      try {
        await run()
      } catch (error) {
        const faults = takeFaults().map((fault) => `besides: ${fault}`)
        fail(title, [error instanceof Error ? (error.stack ?? error.message) : String(error), ...faults].join('\n'))
        throw new StepFailure(title)
      }
      const faults = takeFaults()
      if (faults.length > 0) return fail(title, faults.join('\n'))
      passed++
      print(`  ✓ ${title} (${seconds(stepStartedAt)})`)
    },
    close() {
      print(`\nThe journey took ${seconds(startedAt)}.\n${passed} passed, ${failed} failed`)
      return failed === 0 ? 0 : 1
    },
  }
}
