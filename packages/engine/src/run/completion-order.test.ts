import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answersOf, endsOf, placeOfEvent, textOf } from '../testing/random/ends-of.ts'
import { graphs, unhurried } from '../testing/random/number-of-graphs.ts'
import { anyGraph, anyOrder } from '../testing/random/random-runs.ts'
import { referTo } from '../testing/random/reference-run.ts'
import { expectedText } from '../testing/random/shown-text.ts'
import { SteppingHost } from '../testing/random/stepping-host.ts'

describe('whatever completes first', unhurried, () => {
  it('gives the outcome, the outputs and the ends of nodes that the laws of skips, joins, rounds and failures give', () => {
    fc.assert(
      fc.property(anyGraph, anyOrder, (graph, order) => {
        const { run, journal } = SteppingHost.start(graph, order).go()
        const reference = referTo(graph)
        expect(run.status).toBe(reference.status)
        if (run.status === 'failed') return
        if (!graph.isRacy) expect(endsOf(graph, journal, reference)).toEqual(reference.ends)
        if (reference.uncertain.size > 0) return
        if (!graph.isRacy) expect(answersOf(run.outputs['answer'])).toEqual(reference.answers.toSorted())
        expect([run.exceptionsCount, run.steps]).toEqual([reference.exceptions, reference.steps])
      }),
      graphs(1500),
    )
  })

  it('shows the text in the order of the spec', () => {
    fc.assert(
      fc.property(anyGraph, anyOrder, (graph, order) => {
        const { journal, told } = SteppingHost.start(graph, order).go()
        expect(textOf(journal)).toBe(expectedText(graph, told))
      }),
      graphs(1000),
    )
  })

  it('begins each node once a round, ends what it began, and has no more at a time than allowed', () => {
    fc.assert(
      fc.property(anyGraph, anyOrder, (graph, order) => {
        const host = SteppingHost.start(graph, order).go()
        const starts = host.journal.filter((event) => event.type === 'node-start')
        const ends = host.journal.filter((event) => event.type === 'node-end')
        expect(new Set(starts.map(placeOfEvent)).size).toBe(starts.length)
        expect(ends.map(({ executionId }) => executionId).toSorted()).toEqual(starts.map(({ executionId }) => executionId).toSorted())
        expect(starts.map(({ index }) => index)).toEqual(starts.map((_, place) => place + 1))
        expect(host.run.openExecutions).toEqual([])
        expect(host.mostAtATime).toBeLessThanOrEqual(order.maxConcurrency)
      }),
      graphs(500),
    )
  })
})

describe('limits and stops', unhurried, () => {
  it('ends a run that takes more steps than allowed, and no other', () => {
    fc.assert(
      fc.property(anyGraph, anyOrder, fc.integer({ min: 1, max: 20 }), (graph, order, maxSteps) => {
        const { run } = SteppingHost.start(graph, { ...order, maxSteps }).go()
        const reference = referTo(graph)
        if (reference.status === 'failed' || reference.uncertain.size > 0) expect(run.isOver).toBe(true)
        else expect([run.isLimited, run.status]).toEqual(reference.starts > maxSteps ? [true, 'stopped'] : [false, reference.status])
      }),
      graphs(300),
    )
  })

  it('ends a run that takes longer than allowed at the next thing that happens', () => {
    fc.assert(
      fc.property(anyGraph, anyOrder, fc.integer({ min: 1, max: 20 }), (graph, order, maxTimeMs) => {
        const { run, now } = SteppingHost.start(graph, { ...order, maxTimeMs }).go()
        if (run.isLimited) expect(run.time.elapsedMs(now)).toBeGreaterThan(maxTimeMs)
        else expect(run.status).toBe(referTo(graph).status)
      }),
      graphs(300),
    )
  })

  it('stops at any moment, leaves nothing open, and hears of nothing any more', () => {
    fc.assert(
      fc.property(anyGraph, anyOrder, fc.nat(30), (graph, order, moment) => {
        const host = SteppingHost.start(graph, order).go(moment)
        if (host.run.isOver) return
        const open = host.run.openExecutions
        host.run.stop({ message: 'Enough.', isLimit: false }, host.now)
        const told = host.run.takeEvents()
        for (const { id } of open) {
          host.run.complete(id, { status: 'succeeded', outputs: {} }, host.now)
          host.run.retryDue(id, host.now)
        }
        expect(told.map((event) => event.type === 'node-end' && event.status)).toEqual(open.map(() => 'stopped'))
        expect([host.run.status, host.run.openExecutions, host.run.takeEvents()]).toEqual(['stopped', [], []])
      }),
      graphs(300),
    )
  })
})
