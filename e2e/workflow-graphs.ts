interface ModelName {
  readonly provider: string
  readonly name: string
}

/** Greets `name`, which the form asks for. */
export const greeting = chain([
  ['start', { type: 'start', variables: [{ variable: 'name', label: 'Name', type: 'text-input', required: true, max_length: 48 }] }],
  [
    'text',
    { type: 'template-transform', template: 'Hello {{ name }}', variables: [{ variable: 'name', value_selector: ['start', 'name'] }] },
  ],
  ['end', { type: 'end', outputs: [{ variable: 'greeting', value_selector: ['text', 'output'] }] }],
])

/** Fails in its second node. */
export const failing = chain([
  ['start', { type: 'start', variables: [] }],
  ['text', { type: 'template-transform', template: '{{ 1 / 0 }}', variables: [] }],
  ['end', { type: 'end', outputs: [] }],
])

/** Gives what a model says to `Count`. */
export const asking = (model: ModelName): object =>
  chain([
    ['start', { type: 'start', variables: [] }],
    ['model', answering(model, 'Count')],
    ['end', { type: 'end', outputs: [{ variable: 'text', value_selector: ['model', 'text'] }] }],
  ])

const answering = (model: ModelName, question: string): object => ({
  type: 'llm',
  model: { ...model, mode: 'chat', completion_params: {} },
  prompt_template: [{ role: 'user', text: question }],
  context: { enabled: false, variable_selector: [] },
  vision: { enabled: false },
})
const subject = { variable: 'topic', label: 'topic', type: 'text-input', required: true, max_length: 48 }

/** Gives what a model says to the `topic` of the form. */
export const writing = (model: ModelName): object =>
  chain([
    ['start', { type: 'start', variables: [subject] }],
    ['model', answering(model, '{{#start.topic#}}')],
    ['end', { type: 'end', outputs: [{ variable: 'TEXT', value_selector: ['model', 'text'] }] }],
  ])

/** A chatflow that answers what a model says to the question. */
export const talking = (model: ModelName): object =>
  chain([
    ['start', { type: 'start', variables: [] }],
    ['model', answering(model, '{{#sys.query#}}')],
    ['answer', { type: 'answer', answer: '{{#model.text#}}' }],
  ])

const form = (more: object) => ({
  type: 'human-input',
  form_content: 'Publish {{#start.topic#}}? {{#$output.comment#}}',
  inputs: [
    { type: 'paragraph', output_variable_name: 'comment', default: { type: 'variable', selector: ['start', 'topic'], value: '' } },
    { type: 'select', output_variable_name: 'urgency', option_source: { type: 'constant', selector: [], value: ['low', 'high'] } },
    {
      type: 'file-list',
      output_variable_name: 'papers',
      allowed_file_types: ['image', 'document'],
      allowed_file_extensions: [],
      allowed_file_upload_methods: ['local_file', 'remote_url'],
      number_limits: 2,
    },
  ],
  user_actions: [
    { id: 'approve', title: 'Approve', button_style: 'primary' },
    { id: 'reject', title: 'Reject', button_style: 'default' },
  ],
  timeout: 1,
  timeout_unit: 'hour',
  ...more,
})
const topic = { variable: 'topic', label: 'Topic', type: 'text-input', required: true, max_length: 48 }
const byWebApp = { id: 'web', type: 'webapp', enabled: true, config: {} }
const byMail = {
  id: 'mail',
  type: 'email',
  enabled: true,
  config: { recipients: { items: [{ type: 'external', email: 'bob@example.com' }] }, subject: 'Please look', body: '{{#url#}}' },
}

/** Waits for somebody's approval, who is asked on the page and by mail. */
export const approving = chain([
  ['start', { type: 'start', variables: [topic] }],
  ['form', form({ delivery_methods: [byWebApp, byMail] }), 'approve'],
  ['end', { type: 'end', outputs: [{ variable: 'comment', value_selector: ['form', 'comment'] }] }],
])

/** The same in a conversation, with words before and behind. */
export const conversing = chain([
  ['start', { type: 'start', variables: [topic] }],
  ['before', { type: 'answer', answer: 'One moment. ' }],
  ['form', form({ delivery_methods: [byWebApp] }), 'approve'],
  ['after', { type: 'answer', answer: 'You said: {{#form.comment#}}' }],
])

/** One node after another, by id with their data; a node that has several ways out names the one that is taken. */
function chain(nodes: readonly (readonly [id: string, data: object, way?: string])[]): object {
  return {
    nodes: nodes.map(([id, data], index) => ({ id, type: 'custom', position: { x: 300 * index, y: 0 }, data: { title: id, ...data } })),
    edges: nodes.slice(1).map(([target], index) => {
      const [source, , way = 'source'] = nodes[index] ?? []
      return { id: `${source}-${target}`, type: 'custom', source, sourceHandle: way, target, targetHandle: 'target' }
    }),
    viewport: { x: 0, y: 0, zoom: 1 },
  }
}
