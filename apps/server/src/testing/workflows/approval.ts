import { graphOf } from './workflow-app.ts'

/** The data of a node that asks whether something may go on. */
export const approval = (more: object = {}): object => ({
  type: 'human-input',
  delivery_methods: [{ id: 'd1', type: 'webapp', enabled: true, config: {} }],
  form_content: 'Publish {{#start.topic#}}? {{#$output.comment#}}',
  inputs: [{ type: 'paragraph', output_variable_name: 'comment', default: { type: 'variable', selector: ['start', 'topic'], value: '' } }],
  user_actions: [
    { id: 'ok', title: 'Approve', button_style: 'primary' },
    { id: 'no', title: 'Reject' },
  ],
  timeout: 2,
  timeout_unit: 'hour',
  ...more,
})

const start = { type: 'start', variables: [{ variable: 'topic', label: 'Topic', type: 'text-input', required: true }] }

const end = (verdict: string) => ({
  type: 'end',
  outputs: [
    { variable: 'verdict', value_selector: ['form', '__action_id'] },
    { variable: 'said', value_selector: ['form', 'comment'] },
    { variable: verdict, value_selector: ['form', '__action_value'] },
  ].filter(({ variable }) => variable !== ''),
})

/** A workflow that asks, and ends as it is told; where nobody answers, by a way of its own. */
export const asking = (form: object): object =>
  graphOf(
    {
      start,
      form,
      good: end(''),
      bad: end(''),
      late: { type: 'end', outputs: [{ variable: 'late', value_selector: ['start', 'topic'] }] },
    },
    ['start -> form', 'form:ok -> good', 'form:no -> bad', 'form:__timeout -> late'],
  )

/** Asks two people at once, and joins what they say. */
export const askingTwo = (): object =>
  graphOf(
    {
      start,
      one: approval(),
      two: approval(),
      end: {
        type: 'end',
        outputs: [
          { variable: 'one', value_selector: ['one', 'comment'] },
          { variable: 'two', value_selector: ['two', 'comment'] },
        ],
      },
    },
    ['start -> one', 'start -> two', 'one:ok -> end', 'two:ok -> end'],
  )

/** A chatflow that asks in the middle of its answer. */
export const conversing = (): object =>
  graphOf(
    {
      start: { type: 'start', variables: [] },
      before: { type: 'answer', answer: 'Wait. ' },
      form: approval({ form_content: 'May I? {{#$output.comment#}}', inputs: [{ type: 'paragraph', output_variable_name: 'comment' }] }),
      after: { type: 'answer', answer: 'You said {{#form.comment#}}.' },
    },
    ['start -> before', 'before -> form', 'form:ok -> after', 'form:no -> after'],
  )
