import { Variable } from '@trellis/variables'
import { expect, it } from 'vitest'
import { runWorkflow, tell } from './run-workflow.ts'

const start = { type: 'start', variables: [] }

it('shows an answer that waits for nothing before the first node begins (5.1)', () => {
  const answer = { type: 'answer', answer: 'prefix{{#sys.query#}}suffix' }
  const { events, run } = runWorkflow({ start, answer }, ['start -> answer'], { 'sys.query': 'Hello, AI!' })
  expect(tell(events)).toEqual([
    '"prefix" of answer',
    '"Hello, AI!" of answer',
    '"suffix" of answer',
    'start start',
    'start succeeded',
    'answer start',
    'answer succeeded',
  ])
  expect(run.outputs).toMatchObject({ answer: 'prefixHello, AI!suffix' })
})

const overWrite = (version: string) =>
  version === '1'
    ? {
        type: 'assigner',
        assigned_variable_selector: ['conversation', 'str'],
        write_mode: 'over-write',
        input_variable_selector: ['sys', 'query'],
      }
    : {
        type: 'assigner',
        version,
        items: [{ variable_selector: ['conversation', 'str'], input_type: 'variable', operation: 'over-write', value: ['sys', 'query'] }],
      }

it.each(['1', '2'])('never shows a variable before the assigner of version %s has written it (5.1)', (version) => {
  const { events } = runWorkflow(
    { start, set: overWrite(version), answer: { type: 'answer', answer: '{{#conversation.str#}}' } },
    ['start -> set', 'set -> answer'],
    { 'sys.query': 'new', 'conversation.str': new Variable('default', 'string') },
  )
  expect(tell(events)).toEqual([
    'start start',
    'start succeeded',
    'set start',
    'conversation.str = "new"',
    '"new" of answer',
    'set succeeded',
    'answer start',
    'answer succeeded',
  ])
})

it('lets only the end that was reached contribute, and shows it when the branch is chosen (fixture 11)', () => {
  const { events, run } = runWorkflow(
    {
      start,
      pick: {
        type: 'if-else',
        cases: [
          {
            case_id: 'true',
            logical_operator: 'and',
            conditions: [{ variable_selector: ['sys', 'query'], comparison_operator: 'contains', value: 'hello' }],
          },
        ],
      },
      yes: { type: 'end', outputs: [{ variable: 'true', value_selector: ['sys', 'query'] }] },
      no: { type: 'end', outputs: [{ variable: 'false', value_selector: ['sys', 'query'] }] },
    },
    ['start -> pick', 'pick:true -> yes', 'pick:false -> no'],
    { 'sys.query': 'say hello' },
  )
  expect(run.outputs).toEqual({ true: 'say hello' })
  expect(tell(events).slice(2, 5)).toEqual(['pick start', '"say hello" of yes', 'pick succeeded'])
})

it('leaves out roots that the run does not begin with, and all that only they lead to (4.1 rule 4)', () => {
  const { events, run } = runWorkflow(
    {
      start,
      hook: { type: 'trigger-webhook' },
      only: { type: 'variable-aggregator', variables: [['start', 'x']] },
      end: { type: 'end', outputs: [{ variable: 'out', value_selector: ['only', 'output'] }] },
    },
    ['start -> end', 'hook -> only', 'only -> end'],
  )
  expect(tell(events)).toEqual(['start start', 'start succeeded', 'end start', 'end succeeded'])
  expect(run.outputs).toEqual({ out: null })
})
