type NodeData = { readonly type: string; readonly title: string } & Readonly<Record<string, unknown>>

const node = (id: string, data: NodeData, x: number): object => ({ id, type: 'custom', position: { x, y: 0 }, data })
const edge = (source: string, target: string, sourceHandle = 'source'): object => ({
  id: `${source}-${sourceHandle}-${target}`,
  type: 'custom',
  source,
  sourceHandle,
  target,
  targetHandle: 'target',
})

const graph = {
  nodes: [
    node(
      'start',
      {
        type: 'start',
        title: 'Start',
        variables: [
          { variable: 'name', label: 'Name', type: 'text-input', required: true, max_length: 20 },
          { variable: 'check', label: 'Have it checked', type: 'select', required: true, options: ['no', 'yes'], default: 'no' },
        ],
      },
      0,
    ),
    node(
      'greet',
      {
        type: 'template-transform',
        title: 'Greet',
        // Nobody cannot be greeted.
        template: 'Hello {{ name }}!{% if name == "nobody" %}{{ 1 // 0 }}{% endif %}',
        variables: [{ variable: 'name', value_selector: ['start', 'name'] }],
      },
      300,
    ),
    node(
      'which',
      {
        type: 'if-else',
        title: 'Which way?',
        cases: [
          {
            id: 'asked',
            case_id: 'asked',
            logical_operator: 'and',
            conditions: [{ id: 'c', variable_selector: ['start', 'check'], comparison_operator: 'is', value: 'yes', varType: 'string' }],
          },
        ],
      },
      600,
    ),
    node(
      'approve',
      {
        type: 'human-input',
        title: 'Check the greeting',
        delivery_methods: [{ id: '5f4d2c1e-4f3a-4a3b-9a51-0d6f5f1b2c3d', type: 'webapp', enabled: true, config: {} }],
        form_content: 'Is this right? **{{#greet.output#}}**\n\n{{#$output.remark#}}',
        inputs: [{ type: 'paragraph', output_variable_name: 'remark' }],
        user_actions: [
          { id: 'right', title: 'Send it', button_style: 'primary' },
          { id: 'wrong', title: 'Refuse', button_style: 'default' },
        ],
        timeout: 1,
        timeout_unit: 'hour',
      },
      900,
    ),
    node('plain', { type: 'end', title: 'Plain end', outputs: [{ variable: 'greeting', value_selector: ['greet', 'output'] }] }, 900),
    node(
      'checked',
      {
        type: 'end',
        title: 'Checked end',
        outputs: [
          { variable: 'greeting', value_selector: ['greet', 'output'] },
          { variable: 'remark', value_selector: ['approve', 'remark'] },
        ],
      },
      1200,
    ),
  ],
  edges: [
    edge('start', 'greet'),
    edge('greet', 'which'),
    edge('which', 'plain', 'false'),
    edge('which', 'approve', 'asked'),
    edge('approve', 'checked', 'right'),
    edge('approve', 'plain', 'wrong'),
  ],
  viewport: { x: 0, y: 0, zoom: 1 },
}

/** An app file: a workflow that greets, and asks first where it is told to. JSON is YAML too. */
export const greetingApp = JSON.stringify({
  version: '0.6.0',
  kind: 'app',
  app: { name: 'Greeter', mode: 'workflow', icon: '👋', icon_background: '#E4F2EB', description: 'Greets people by their names' },
  workflow: { graph, features: {}, environment_variables: [], conversation_variables: [] },
})
