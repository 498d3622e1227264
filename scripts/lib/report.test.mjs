import { expect, it } from 'vitest'
import { explainServerEnd, signalExitCode } from './report.mjs'

it.each([
  [0, [], undefined],
  [signalExitCode('SIGINT'), [], undefined],
  [signalExitCode('SIGTERM'), ['worker'], undefined],
  [1, ['job', 'doctor'], undefined],
  [1, [], /exit code 1\b/],
  [1, ['api'], /lines above/],
  [signalExitCode('SIGKILL'), [], /killed.*memory/],
])('explains the end of a server that nobody had asked to end: %i %j', (exitCode, words, explanation) => {
  if (explanation) expect(explainServerEnd(exitCode, words)).toMatch(explanation)
  else expect(explainServerEnd(exitCode, words)).toBeUndefined()
})
