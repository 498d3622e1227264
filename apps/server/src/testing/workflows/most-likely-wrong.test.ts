import { float, type Value } from '@trellis/values'
import { Variable } from '@trellis/variables'
import { expect, it } from 'vitest'
import { runWorkflow, tell } from './run-workflow.ts'

// What workflow spec 9 says is most likely to be got wrong, where more than one node has to do with it; the rest stands with the nodes.

const start = { type: 'start', variables: [] }
const streamed = ({ events }: ReturnType<typeof runWorkflow>): string =>
  events.flatMap((event) => (event.type === 'text-delta' ? [event.text] : [])).join('')
const answering = (answer: string, variables: Readonly<Record<string, Value | Variable>> = {}) =>
  runWorkflow({ start, reply: { type: 'answer', answer } }, ['start -> reply'], variables)

it.each([
  ['{{#node.text#}}', 'node.text'],
  ['{{#no-hyphens.text#}}', '{{#no-hyphens.text#}}'],
  [`{{#node.${'x'.repeat(31)}#}}`, `{{#node.${'x'.repeat(31)}#}}`],
  ['{{#sys.query.deeper#}}', 'sys.query.deeper'],
])('9.1 a reference that does not resolve is its bare path: %s', (answer, expected) => {
  expect(answering(answer, { 'sys.query': 'hi' }).run.outputs['answer']).toBe(expected)
})

it('9.1 what streams waits for it instead', () => {
  const result = answering('so {{#node.text#}} it is')
  expect(streamed(result)).toBe('so ')
  expect(result.run.outputs['answer']).toBe('so node.text it is')
})

/** Texts and Markdown side by side: a condition compares with the text, an answer shows the Markdown. */
it.each<readonly [string, Variable, string, string]>([
  ['a list of numbers', new Variable([1, float(2), true]), '[1, 2.0, True]', '- 1\n- 2.0\n- True'],
  ['a list of texts', new Variable(['a', "b'"]), '["a", "b\'"]', "- a\n- b'"],
  ['an empty list', new Variable([], 'array[number]'), '', ''],
  ['objects', new Variable([{ a: null }]), "[{'a': None}]", "- {'a': None}"],
  ['an object', new Variable({ a: [1, true], ü: 'é' }), '{"a": [1, true], "ü": "é"}', '{\n  "a": [\n    1,\n    true\n  ],\n  "ü": "é"\n}'],
  ['a boolean', new Variable(true), 'True', 'True'],
])('9.2, 9.3 %s as text and as Markdown', (_what, variable, text, markdown) => {
  const variables = { 'conversation.given': variable, 'conversation.text': text }
  const conditions = [{ variable_selector: ['conversation', 'text'], comparison_operator: 'is', value: '{{#conversation.given#}}' }]
  const { run } = runWorkflow({ start, check: { type: 'if-else', conditions } }, ['start -> check'], variables)
  expect(run.pool.get(['check', 'result'])?.value).toBe(true)
  const answered = answering('{{#conversation.given#}}', variables)
  expect([answered.run.outputs['answer'], streamed(answered)]).toEqual([markdown, markdown])
})

it('9.5 an end has null for what is not there; of several ends the last one wins, key by key', () => {
  const { run } = runWorkflow(
    {
      start,
      one: {
        type: 'end',
        outputs: [
          { variable: 'a', value_selector: ['sys', 'query'] },
          { variable: 'b', value_selector: ['no', 'where'] },
        ],
      },
      two: { type: 'end', outputs: [{ variable: 'a', value_selector: ['sys', 'user_id'] }] },
    },
    ['start -> one', 'start -> two'],
    { 'sys.query': 'q', 'sys.user_id': 'u' },
  )
  expect(run.outputs).toEqual({ a: 'u', b: null })
})

it('9.5 answers are joined in the order in which they end, streams in the order in which they open', () => {
  const late = { type: 'variable-aggregator', variables: [['sys', 'query']] }
  const result = runWorkflow(
    { start, late, a: { type: 'answer', answer: '{{#late.output#}}' }, b: { type: 'answer', answer: 'b' } },
    ['start -> b', 'start -> late', 'late -> a'],
    { 'sys.query': 'a' },
  )
  expect(result.run.outputs['answer']).toBe('ba')
  expect(streamed(result)).toBe('ab')
})

it('9.13 an edge behind an assigner holds back only what shows the variable that it writes', () => {
  const write = {
    type: 'assigner',
    version: '2',
    items: [{ variable_selector: ['conversation', 'word'], input_type: 'constant', operation: 'set', value: 'new' }],
  }
  const said = (answer: string) =>
    tell(
      runWorkflow({ start, write, reply: { type: 'answer', answer } }, ['start -> write', 'write -> reply'], {
        'conversation.word': new Variable('old', 'string'),
        'conversation.other': 'other',
      }).events,
    ).filter((line) => line.startsWith('"') || line.startsWith('write'))
  expect(said('{{#conversation.word#}}')).toEqual(['write start', '"new" of reply', 'write succeeded'])
  expect(said('{{#conversation.other#}}')).toEqual(['"other" of reply', 'write start', 'write succeeded'])
})
