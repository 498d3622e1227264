import type { RunEvent } from '@trellis/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answersOf, endsOf, placeOfEvent } from '../testing/random/ends-of.ts'
import { graphs, unhurried } from '../testing/random/number-of-graphs.ts'
import type { RandomGraph } from '../testing/random/random-graph.ts'
import { anyGraph, anyOrder } from '../testing/random/random-runs.ts'
import { referTo } from '../testing/random/reference-run.ts'
import { expectedText } from '../testing/random/shown-text.ts'
import { SteppingHost, type SteppingOptions } from '../testing/random/stepping-host.ts'

interface Lives {
  readonly last: SteppingHost
  /** What a reader has at the end who was told the whole text at the start of the last life. */
  readonly text: string
  /** Effects outside, as they happened: those that began before the process died. */
  readonly effects: readonly string[]
}

/** A run whose process dies after so many events, as often as there are numbers, and then goes on to its end. */
function live(graph: RandomGraph, orders: readonly SteppingOptions[], deaths: readonly number[]): Lives {
  const [first, ...others] = orders
  let host = SteppingHost.start(graph, first ?? { choices: [], maxConcurrency: 1 }).go()
  let text = ''
  const effects: string[] = []
  let durable = 1
  deaths.forEach((death, index) => {
    const length = durable + (death % (host.journal.length - durable + 1))
    // What began was journalled before: a shorter journal means that it did not begin.
    effects.push(...host.effects.filter(({ at }) => at <= length).map(({ key }) => key))
    const next = SteppingHost.goOn(graph, others[index] ?? { choices: [], maxConcurrency: 1 }, host.journal.slice(0, length))
    host = next.host.go()
    text = next.text + textOf(host.journal.slice(length))
    durable = length
  })
  effects.push(...host.effects.map(({ key }) => key))
  return { last: host, text, effects }
}

const textOf = (events: readonly RunEvent[]): string => events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('')

/** Attempts that a death cut off, under the names of the reference. */
const interruptedIn = (journal: readonly RunEvent[]): ReadonlySet<string> =>
  new Set(
    journal.flatMap((event) => {
      if (event.type === 'node-retry' && event.errorType === INTERRUPTED) return [`${placeOfEvent(event)}#${event.retryIndex - 1}`]
      return event.type === 'node-end' && event.errorType === INTERRUPTED ? [`${placeOfEvent(event)}#${event.retries ?? 0}`] : []
    }),
  )

const INTERRUPTED = 'NodeInterruptedError'

function checkLives(graph: RandomGraph, { last, text, effects }: Lives): void {
  const { run, journal, told } = last
  const reference = referTo(graph, interruptedIn(journal))
  expect(run.status).toBe(reference.status)
  const ends = journal.filter((event) => event.type === 'node-end').map(({ executionId }) => executionId)
  const starts = journal.filter((event) => event.type === 'node-start')
  expect(ends.toSorted()).toEqual(starts.map(({ executionId }) => executionId).toSorted())
  expect(starts.map(({ index }) => index)).toEqual(starts.map((_, place) => place + 1))
  expect(effects.toSorted()).toEqual([...new Set(effects)].toSorted())
  if (run.status === 'failed') return
  if (!graph.hasInnerAnswers) expect(text).toBe(expectedText(graph, told))
  if (!graph.isRacy) expect(endsOf(graph, journal, reference)).toEqual(reference.ends)
  if (reference.uncertain.size > 0) return
  if (!graph.isRacy) expect(answersOf(run.outputs['answer'])).toEqual(reference.answers.toSorted())
  expect([run.exceptionsCount, run.steps]).toEqual([reference.exceptions, reference.steps])
}

describe('a run whose process dies', unhurried, () => {
  it('comes to the end that its laws give, whatever part of its journal was left, and begins no effect twice', () => {
    fc.assert(
      fc.property(
        anyGraph,
        fc.tuple(anyOrder, anyOrder, anyOrder),
        fc.array(fc.nat(200), { minLength: 1, maxLength: 2 }),
        (graph, orders, deaths) =>
          checkLives(
            graph,
            live(
              graph,
              orders.map((order) => ({ ...order, maxConcurrency: orders[0].maxConcurrency })),
              deaths,
            ),
          ),
      ),
      graphs(1000),
    )
  })

  it('does so after each of its events', () => {
    fc.assert(
      fc.property(anyGraph, anyOrder, (graph, order) => {
        const { journal } = SteppingHost.start(graph, order).go()
        for (let length = 0; length < journal.length; length++) checkLives(graph, live(graph, [order, order], [length]))
      }),
      graphs(50),
    )
  })
})
