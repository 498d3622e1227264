import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './tools/test-services/longest-first.ts'

export default defineConfig({
  test: {
    globalSetup: ['tools/test-services/vitest-setup.ts'],
    include: [
      'packages/*/src/**/*.test.ts',
      'apps/*/src/**/*.test.{ts,tsx}',
      'tools/**/*.test.ts',
      'scripts/**/*.test.mjs',
      'bench/src/**/*.test.ts',
      'e2e/soak/**/*.test.ts',
      'e2e/recovery/*.test.ts',
      'e2e/oracle/engine/compare/*.test.ts',
    ],
    // Modules keep no state, so files may share them: to load the server anew for each would be a quarter of the time.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // Half of their time tests wait: for other processes, databases, clocks. The default, a worker less than there are cores, would be one of two.
    maxWorkers: Math.max(3, availableParallelism()),
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What is waited for comes at once on a machine that has nothing else to do, and late on a busy one.
    expect: { poll: { timeout: 15_000 } },
  },
})
