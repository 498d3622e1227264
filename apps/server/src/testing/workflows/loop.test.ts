import type { Dict, Value } from '@trellis/values'
import { describe, expect, it } from 'vitest'
import { runWorkflow, tell } from './run-workflow.ts'

const counter = { label: 'i', var_type: 'number', value_type: 'constant', value: '0' }
const until = (value: string): Dict => ({ variable_selector: ['again', 'i'], comparison_operator: '≥', value })

/** A loop that counts `again.i` up. */
function repeat(
  data: Dict,
  more: { readonly nodes?: Record<string, Dict>; readonly edges?: readonly string[]; readonly variables?: Record<string, Value> } = {},
) {
  return runWorkflow(
    {
      start: { type: 'start', variables: [] },
      again: { type: 'loop', start_node_id: 'first', loop_count: 3, loop_variables: [counter], break_conditions: [], ...data },
      first: { type: 'loop-start', loop_id: 'again' },
      count: {
        type: 'assigner',
        version: '2',
        loop_id: 'again',
        items: [{ variable_selector: ['again', 'i'], input_type: 'constant', operation: '+=', value: 1 }],
      },
      end: {
        type: 'end',
        outputs: [
          { variable: 'i', value_selector: ['again', 'i'] },
          { variable: 'rounds', value_selector: ['again', 'loop_round'] },
        ],
      },
      ...more.nodes,
    },
    ['start -> again', 'again -> end', 'first -> count', ...(more.edges ?? [])],
    more.variables,
  )
}

const endOf = ({ events }: ReturnType<typeof repeat>) => events.find((event) => event.type === 'container-end')

describe('loop (2.16, 9.11)', () => {
  it('ends after its count of rounds; without conditions it never breaks', () => {
    const result = repeat({})
    expect(result.run.outputs).toEqual({ i: 3, rounds: 3 })
    expect(endOf(result)).toMatchObject({
      inputs: { loop_count: 3, i: 0 },
      outputs: { i: 3, loop_round: 3 },
      steps: 3,
      metadata: { completed_reason: 'loop_completed', loop_variable_map: { 0: { i: 1 }, 1: { i: 2 }, 2: { i: 3 } } },
    })
  })

  it('breaks where its condition is met after a round; steps stay the count', () => {
    const result = repeat({ loop_count: 10, break_conditions: [until('2')] })
    expect(result.run.outputs).toEqual({ i: 2, rounds: 2 })
    expect(endOf(result)).toMatchObject({ steps: 10, metadata: { completed_reason: 'loop_break' } })
  })

  it('asks before the first round too: no round, no outputs, but its variables', () => {
    const result = repeat({ break_conditions: [until('0')] })
    expect(result.run.outputs).toEqual({ i: 0, rounds: null })
    expect(endOf(result)).toMatchObject({ steps: 0, outputs: {}, metadata: { loop_variable_map: {} } })
  })

  it('a condition that cannot be answered is not met before the first round, and fails the loop after one', () => {
    const result = repeat({ break_conditions: [{ variable_selector: ['no', 'where'], comparison_operator: 'empty', value: '' }] })
    expect(result.run.status).toBe('failed')
    expect(endOf(result)).toMatchObject({
      status: 'failed',
      outputs: {},
      steps: 3,
      metadata: { completed_reason: 'error', loop_variable_map: { 0: { i: 1 } } },
    })
  })

  it('loop-end makes its round the last', () => {
    const result = repeat({ loop_count: 10 }, { nodes: { enough: { type: 'loop-end', loop_id: 'again' } }, edges: ['count -> enough'] })
    expect(result.run.outputs).toEqual({ i: 1, rounds: 1 })
    expect(endOf(result)).toMatchObject({ metadata: { completed_reason: 'loop_break' } })
  })

  it('tells rounds but the first, with what there was before', () => {
    const { events } = repeat({ loop_count: 2 })
    expect(events.filter(({ type }) => type === 'container-round')).toMatchObject([
      { kind: 'loop', index: 1, previousOutput: { i: 1, loop_round: 1 } },
    ])
  })

  it.each<readonly [string, Value, Value | 'failed']>([
    ['string', 'a', 'a'],
    ['number', '1', 1],
    ['number', 'many', 'failed'],
    ['boolean', 'true', true],
    ['object', '{"a": 1}', { a: 1 }],
    ['array[string]', '["a"]', ['a']],
    ['array[string]', '', []],
    ['array[string]', null, []],
    ['array[number]', '["a"]', 'failed'],
  ])('a variable %s of %j', (var_type, value, expected) => {
    const { run } = repeat({ loop_variables: [counter, { label: 'v', var_type, value_type: 'constant', value }] })
    if (expected === 'failed') expect(run.status).toBe('failed')
    else expect(run.pool.get(['again', 'v'])?.value).toEqual(expected)
  })

  it('a variable begins with another one, which must be there', () => {
    const variable = { label: 'v', var_type: 'string', value_type: 'variable', value: ['start', 'text'] }
    const given = repeat({ loop_variables: [counter, variable] }, { variables: { 'start.text': 'x' } })
    expect(given.run.pool.get(['again', 'v'])?.value).toBe('x')
    expect(repeat({ loop_variables: [counter, variable] }).run.status).toBe('failed')
  })

  it('each round begins without what the nodes of the round before left', () => {
    const aggregator = { type: 'variable-aggregator', loop_id: 'again', variables: [['late', 'output']] }
    const late = { type: 'variable-aggregator', loop_id: 'again', variables: [['again', 'i']] }
    const { events } = repeat({ loop_count: 2 }, { nodes: { early: aggregator, late }, edges: ['count -> early', 'early -> late'] })
    const early = events.filter((event) => event.type === 'node-end' && event.nodeId === 'early')
    expect(early).toMatchObject([{ outputs: {} }, { outputs: {} }])
  })

  it('a failing round fails the loop, whose strategy then applies', () => {
    const check = {
      type: 'if-else',
      loop_id: 'again',
      conditions: [{ variable_selector: ['no', 'where'], comparison_operator: 'is', value: 'x' }],
    }
    const { run, events } = repeat({ error_strategy: 'fail-branch' }, { nodes: { check }, edges: ['count -> check'] })
    expect(run.status).toBe('partial-succeeded')
    expect(events.find((event) => event.type === 'node-end' && event.nodeId === 'again')).toMatchObject({
      status: 'exception',
      outputs: { error_message: expect.stringContaining('no.where'), error_type: '' },
      metadata: { error_strategy: 'fail-branch' },
    })
  })

  it('answers inside: each round streams, and all of them are the answer', () => {
    const { run, events } = repeat(
      { loop_count: 10, break_conditions: [until('2')] },
      {
        nodes: {
          say: { type: 'answer', answer: '{{#again.i#}}\n', loop_id: 'again' },
          outer: { type: 'answer', answer: '{{#sys.query#}} + {{#again.i#}}' },
        },
        edges: ['count -> say', 'again -> outer'],
        variables: { 'sys.query': 'hi' },
      },
    )
    expect(run.outputs['answer']).toBe('1\n2\nhi + 2')
    expect(tell(events).filter((line) => !line.startsWith('end '))).toEqual([
      'start start',
      'start succeeded',
      'again start',
      'again rounds',
      'count[0] start',
      'again.i = 1',
      '"1" of again',
      '"\n" of say',
      'count[0] succeeded',
      'say[0] start',
      'say[0] succeeded',
      'again round 1',
      'count[1] start',
      'again.i = 2',
      '"2" of again',
      '"\n" of say',
      'count[1] succeeded',
      'say[1] start',
      'say[1] succeeded',
      'again rounds succeeded',
      '"2" of again',
      '"\n" of end',
      '"2" of again',
      '"hi" of outer',
      '" + " of outer',
      '"2" of again',
      'again succeeded',
      'outer start',
      'outer succeeded',
    ])
  })
})
