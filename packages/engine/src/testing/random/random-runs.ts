import fc from 'fast-check'
import { type RandomKind, randomGraphs } from './random-graph.ts'
import type { SteppingOptions } from './stepping-host.ts'

const withIterations: readonly RandomKind[] = ['work', 'work', 'work', 'branch', 'ask', 'answer', 'iteration', 'loop']
/** An iteration's rounds replace the conversation's variables in the order in which they end (workflow spec 2.15): here are none. */
const withAssigners: readonly RandomKind[] = ['work', 'work', 'assign', 'branch', 'answer', 'loop']

export const anyGraph = fc.oneof(
  { weight: 3, arbitrary: randomGraphs({ kinds: withIterations }) },
  { weight: 1, arbitrary: randomGraphs({ kinds: withAssigners }) },
)

/** An order of completions, and how much may go on at a time. */
export const anyOrder: fc.Arbitrary<SteppingOptions> = fc.record({
  choices: fc.array(fc.nat(11), { maxLength: 60 }),
  maxConcurrency: fc.integer({ min: 1, max: 5 }),
})
