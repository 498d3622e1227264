import type { RunEvent } from '@trellis/contracts'
import type { Value } from '@trellis/values'
import { describe, expect, it } from 'vitest'
import { createFakeNodes, type Work } from '../testing/fake-nodes.ts'
import { graphOf, runGraph, storyOf } from '../testing/run-graph.ts'

const start = { type: 'start' }
const work = { type: 'work' }
const answer = (text: string) => ({ type: 'answer', answer: text })
const pick = { type: 'branch', handle: 'yes' }

/** Streams its pieces as `text`, and has them joined as an output. */
const says =
  (...pieces: readonly string[]): Work[string] =>
  ({ emit }) => {
    for (const text of pieces) emit({ type: 'text-delta', name: 'text', text })
    emit({ type: 'text-end', name: 'text' })
    return { status: 'succeeded', outputs: { text: pieces.join('') } }
  }
const has =
  (value: Value): Work[string] =>
  () => ({ status: 'succeeded', outputs: { output: value } })

const run = (nodes: Parameters<typeof graphOf>[0], edges: readonly string[], does: Work = {}, more: object = {}) =>
  runGraph(graphOf(nodes, edges), { registry: createFakeNodes(does), maxConcurrency: 1, ...more })
const shown = (events: readonly RunEvent[]): string =>
  events.flatMap((event) => (event.type === 'text-delta' ? [event.text] : [])).join('|')
/** The story up to the start of the last node that the test is about. */
const until = (events: readonly RunEvent[], line: string): readonly string[] => storyOf(events).slice(0, storyOf(events).indexOf(line))

describe('4.7 activation', () => {
  it('4.7 what nothing holds back opens before the start node begins', async () => {
    const { events } = await run({ start, a: work, reply: answer('so') }, ['start -> a', 'a -> reply'])
    expect(storyOf(events)[0]).toBe('"so"')
  })

  it.each<readonly [string, Parameters<typeof graphOf>[0], readonly string[], string]>([
    ['a branch', { start, pick, reply: answer('so') }, ['start -> pick', 'pick:yes -> reply'], 'pick start'],
    ['a response', { start, one: answer('1'), reply: answer('so') }, ['start -> one', 'one -> reply'], 'one start'],
    [
      'a container',
      { start, each: { type: 'repeat', items: [], start_node_id: 'x' }, reply: answer('so') },
      ['start -> each', 'each -> reply'],
      'each rounds succeeded',
    ],
  ])('4.7 an edge behind %s holds back what lies behind it', async (_what, nodes, edges, line) => {
    const { events } = await run(nodes, edges)
    expect(until(events, line)).not.toContain('"so"')
    expect(shown(events)).toContain('so')
  })

  it('4.7 one way without such an edge is enough', async () => {
    const nodes = { start, pick: { type: 'branch', handle: 'no' }, reply: answer('so') }
    const { events } = await run(nodes, ['start -> pick', 'pick:yes -> reply', 'start -> reply'])
    expect(storyOf(events)[0]).toBe('"so"')
  })

  it('4.7 those that open at one moment queue in the order of their ids; each opens once', async () => {
    const nodes = { start, b: answer('b'), a: answer('a'), c: answer('c') }
    const { events } = await run(nodes, ['start -> c', 'start -> b', 'start -> a', 'a -> c'])
    expect(shown(events)).toBe('a|b|c')
  })

  it('4.7 one at a time: the next one waits until the first one is over', async () => {
    const nodes = { start, slow: work, a: answer('<{{#slow.text#}}>'), b: answer('b') }
    const { events } = await run(nodes, ['start -> b', 'start -> slow', 'slow -> a'], { slow: says('x') })
    expect(shown(events)).toBe('<|x|>|b')
    expect(until(events, 'slow start')).not.toContain('"b"')
  })
})

describe('4.7 segments', () => {
  const replying = (text: string, does: Work, nodes: Parameters<typeof graphOf>[0] = {}, edges: readonly string[] = []) =>
    run({ start, a: work, reply: answer(text), ...nodes }, ['start -> a', 'a -> reply', ...edges], does)

  it('4.7 a text is shown at once, from the response node', async () => {
    const { events } = await replying('so {{#a.text#}}', { a: says('x') })
    expect(events[0]).toMatchObject({ type: 'text-delta', text: 'so ', from: ['reply', 'answer'], nodeId: 'reply' })
  })

  it('4.7 a variable of a skipped node is left out', async () => {
    const nodes = { pick, no: work }
    const { events, run: seen } = await replying('[{{#no.output#}}]', {}, nodes, ['start -> pick', 'pick:no -> no', 'no -> reply'])
    expect(shown(events)).toBe('[|]')
    expect(seen.outputs).toEqual({ answer: '[no.output]' })
  })

  it('4.7 a stream is shown piece by piece, as the node’s own, until it closes', async () => {
    const { events } = await replying('{{#a.text#}}!', { a: says('x', 'y') })
    expect(shown(events)).toBe('x|y|!')
    expect(events.find(({ type }) => type === 'text-delta')).toMatchObject({ from: ['a', 'text'], nodeId: 'a' })
  })

  it('4.7 a value that did not stream is one piece, as markdown, before its node is told', async () => {
    const { events } = await replying('{{#a.output#}}', { a: has(['x', 'y']) })
    expect(storyOf(events).slice(2, 5)).toEqual(['a start', '"- x\n- y"', 'a succeeded'])
  })

  it('4.7 variables of the conversation are the response’s own', async () => {
    const variables = [['conversation', 'mood', 'fine']]
    const { events } = await run({ start, reply: answer('{{#conversation.mood#}}') }, ['start -> reply'], {}, { variables })
    expect(events[0]).toMatchObject({ type: 'text-delta', text: 'fine', from: ['conversation', 'mood'], nodeId: 'reply' })
  })

  it('4.7 what streamed is shown once, what did not again and again', async () => {
    const { events } = await replying('{{#a.text#}}{{#a.text#}}{{#b.output#}}{{#b.output#}}', { a: says('x'), b: has('y') }, { b: work }, [
      'start -> b',
      'b -> reply',
    ])
    expect(shown(events)).toBe('x|y|y')
  })

  it('4.7 pieces wait for the text that stands before them', async () => {
    const nodes = { start, a: work, b: work, reply: answer('{{#b.text#}}{{#a.text#}}') }
    const { events } = await run(nodes, ['start -> a', 'start -> b', 'a -> reply', 'b -> reply'], { a: says('A', 'a'), b: says('B', 'b') })
    expect(shown(events)).toBe('B|b|A|a')
  })

  it('4.7 pieces that no response names are not shown', async () => {
    const { events } = await replying('so', { a: says('x') })
    expect(shown(events)).toBe('so')
  })

  it('4.7 a variable that never comes holds back the rest for ever; the node’s output is whole', async () => {
    const { events, run: seen } = await replying('so {{#nobody.text#}} it is', {})
    expect(shown(events)).toBe('so ')
    expect(seen.outputs).toEqual({ answer: 'so nobody.text it is' })
  })

  it('4.7 a stream that its node leaves open is closed by its success', async () => {
    const { events } = await replying('{{#a.text#}}!', {
      a: ({ emit }) => {
        emit({ type: 'text-delta', name: 'text', text: 'x' })
        return { status: 'succeeded', outputs: { text: 'x' } }
      },
    })
    expect(shown(events)).toBe('x|!')
  })

  it('4.7 a stream that closed without a piece shows nothing, whatever the output', async () => {
    const { events, run: seen } = await replying('[{{#a.text#}}]', {
      a: ({ emit }) => {
        emit({ type: 'text-end', name: 'text' })
        return { status: 'succeeded', outputs: { text: 'x' } }
      },
    })
    expect(shown(events)).toBe('[|]')
    expect(seen.outputs).toEqual({ answer: '[x]' })
  })

  it('4.7 a piece behind the end of its stream is not shown', async () => {
    const { events } = await replying('{{#a.text#}}!', {
      a: (context) => {
        const outcome = says('x')(context)
        context.emit({ type: 'text-delta', name: 'text', text: 'late' })
        return outcome
      },
    })
    expect(shown(events)).toBe('x|!')
  })

  it('4.7 a node that failed in its stream and was made good closes it: what stands behind is shown', async () => {
    const { events, run: seen } = await replying(
      '{{#b.text#}} and so on',
      {
        b: ({ emit }) => {
          emit({ type: 'text-delta', name: 'text', text: 'half' })
          return { status: 'failed', error: 'it broke', errorType: 'TestError' }
        },
      },
      { b: { ...work, error_strategy: 'default-value' } },
      ['start -> b', 'b -> reply'],
    )
    expect(shown(events)).toBe('half| and so on')
    expect(seen.status).toBe('partial-succeeded')
  })

  it('4.7 reasoning passes by, while a reached response names what the node says', async () => {
    const thinks: Work[string] = (context) => {
      context.emit({ type: 'reasoning-delta', text: 'hm', isFinal: false })
      return says('x')(context)
    }
    const isTold = ({ type }: RunEvent): boolean => type === 'reasoning-delta'
    expect((await replying('{{#a.text#}}', { a: thinks })).events.filter(isTold)).toMatchObject([{ text: 'hm', nodeId: 'a' }])
    for (const text of ['so', '{{#a.usage#}}']) expect((await replying(text, { a: thinks })).events.filter(isTold)).toEqual([])
  })

  it('4.7 a response outside a loop is shown as soon as a round has what it waits for', async () => {
    const nodes = {
      start,
      each: { type: 'repeat', items: [1], start_node_id: 'first', output: ['body', 'output'] },
      first: { type: 'iteration-start', iteration_id: 'each' },
      body: { ...work, iteration_id: 'each' },
      reply: answer('{{#each.output#}}'),
    }
    const { events } = await run(nodes, ['start -> each', 'first -> body', 'start -> reply'], { body: has('x') })
    expect(storyOf(events).slice(-2)).toEqual(['"- x"', 'each succeeded'])
  })
})

describe('4.8 outputs', () => {
  it('4.8 answers are joined in the order in which they end; everything else is what the last one says', async () => {
    const nodes = {
      start,
      b: answer('b'),
      a: answer('a'),
      one: { type: 'end', outputs: { x: ['b', 'answer'] } },
      two: { type: 'end', outputs: { x: ['a', 'answer'] } },
    }
    const { run: seen } = await run(nodes, ['start -> b', 'start -> a', 'b -> one', 'a -> two'])
    expect(seen.outputs).toEqual({ answer: 'ba', x: 'a' })
  })
})
