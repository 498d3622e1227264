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
      start: { type: 'start', variables: [{ variable: 'topic', label: 'Topic', type: 'text-input', required: true }] },
      form,
      good: end(''),
      bad: end(''),
      late: { type: 'end', outputs: [{ variable: 'late', value_selector: ['start', 'topic'] }] },
    },
    ['start -> form', 'form:ok -> good', 'form:no -> bad', 'form:__timeout -> late'],
  )
