import type { CodeCaller, ProgramRunner } from '@trellis/spec'

/** Where nothing isolates, nothing runs: every request is refused with the reason, which says what to do. */
export function createNone(reason: string): ProgramRunner & CodeCaller {
  const failure = { kind: 'unavailable', message: reason } as const
  return {
    async run(_, signal) {
      signal.throwIfAborted()
      return { stdout: '', stderr: '', exitCode: undefined, failure, mechanism: 'none' }
    },
    async call(_, signal) {
      signal.throwIfAborted()
      return { ok: false, error: failure, mechanism: 'none' }
    },
  }
}
