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
export const asking = (model: { readonly provider: string; readonly name: string }): object =>
  chain([
    ['start', { type: 'start', variables: [] }],
    [
      'model',
      {
        type: 'llm',
        model: { ...model, mode: 'chat', completion_params: {} },
        prompt_template: [{ role: 'user', text: 'Count' }],
        context: { enabled: false, variable_selector: [] },
        vision: { enabled: false },
      },
    ],
    ['end', { type: 'end', outputs: [{ variable: 'text', value_selector: ['model', 'text'] }] }],
  ])

/** One node after another, by id with their data. */
function chain(nodes: readonly (readonly [id: string, data: object])[]): object {
  const ids = nodes.map(([id]) => id)
  return {
    nodes: nodes.map(([id, data], index) => ({ id, type: 'custom', position: { x: 300 * index, y: 0 }, data: { title: id, ...data } })),
    edges: ids.slice(1).map((target, index) => {
      const source = ids[index]
      return { id: `${source}-${target}`, type: 'custom', source, sourceHandle: 'source', target, targetHandle: 'target' }
    }),
    viewport: { x: 0, y: 0, zoom: 1 },
  }
}
