import type { GraphCase, OracleObject } from '../case.ts'
import { addNode, type Builder, type Container, connect, strings } from './builder.ts'
import { createRandom, type Random } from './random.ts'

/** Rounds that fail inside containers, and nodes that fail some times before they succeed or give up. */
export function generateFailingCase(seed: number): GraphCase {
  const random = createRandom(seed)
  const builder: Builder = {
    random,
    mode: 'workflow',
    nodes: [],
    edges: [],
    fakes: {},
    conversation: [],
    environment: [],
    mostNodes: 20,
  }
  addNode(builder, 'start', { type: 'start', variables: [] }, undefined)
  const [failing, outputs] = random.pick([failingIteration, failingLoop, retrying])(builder)
  // An iteration is begun by its list.
  if (!builder.nodes.some(({ id }) => id === 'list')) connect(builder, [{ from: 'start', handle: 'source' }], failing)
  const shown = [...outputs, 'error_type'].map((name) => ({ variable: name, value_selector: [failing, name] }))
  addNode(builder, 'end', { type: 'end', outputs: shown }, undefined)
  addNode(builder, 'other', { type: 'end', outputs: shown.map((one) => ({ ...one, variable: `other_${one.variable}` })) }, undefined)
  connect(builder, [{ from: failing, handle: 'source' }], 'end')
  if (random.chance(0.5)) connect(builder, [{ from: failing, handle: 'fail-branch' }], 'other')
  else connect(builder, [{ from: 'end', handle: 'source' }], 'other')
  return {
    id: `failing ${seed}`,
    mode: 'workflow',
    graph: { nodes: builder.nodes, edges: builder.edges },
    inputs: {},
    fakes: builder.fakes,
  }
}

/** The node that fails and the outputs that it has otherwise. */
type Failing = readonly [id: string, outputs: readonly string[]]

const strategy = (random: Random, output: string): OracleObject =>
  random.pick<OracleObject>([
    {},
    {},
    { error_strategy: 'fail-branch' },
    { error_strategy: 'default-value', default_value: [{ key: output, type: 'string', value: 'default' }] },
    { error_strategy: 'default-value', default_value: [{ key: 'other', type: 'number', value: '2' }] },
  ])

/** Fails where its number is 0. */
function addDivision(builder: Builder, number: readonly string[], container: Container): void {
  const { random } = builder
  const result = random.pick(['10 // x', '[x, 10 // x]', '[x, 10 // x] if x > 1 else None if 1 // x else 0', '{"x": 10 // x}'])
  const type = result.startsWith('[') ? 'array[number]' : result.startsWith('{') ? 'object' : 'number'
  addNode(
    builder,
    'divide',
    {
      type: 'code',
      code_language: 'python3',
      code: `def main(x):\n    return {"r": ${result}}\n`,
      variables: [{ variable: 'x', value_selector: strings(number) }],
      outputs: { r: { type, children: null } },
      ...(random.chance(0.2) && strategy(random, 'r')),
      ...(random.chance(0.2) && { retry_config: { retry_enabled: true, max_retries: 1, retry_interval: 1 } }),
    },
    container,
  )
  addNode(
    builder,
    'after',
    { type: 'template-transform', template: 'T{{ x }}', variables: [{ variable: 'x', value_selector: ['divide', 'r'] }] },
    container,
  )
  connect(builder, [{ from: 'divide', handle: 'source' }], 'after')
}

function failingIteration(builder: Builder): Failing {
  const { random } = builder
  const numbers = Array.from({ length: random.integer(1, 5) }, () => random.pick([0, 0, 1, 2, 5]))
  const list = addNode(
    builder,
    'list',
    {
      type: 'code',
      code_language: 'python3',
      code: `def main():\n    return {"v": ${JSON.stringify(numbers)}}\n`,
      variables: [],
      outputs: { v: { type: 'array[number]', children: null } },
    },
    undefined,
  )
  const data: OracleObject = {
    type: 'iteration',
    iterator_selector: [list, 'v'],
    output_selector: random.pick([
      ['divide', 'r'],
      ['after', 'output'],
    ]),
    output_type: 'array[any]',
    start_node_id: 'eachstart',
    is_parallel: random.chance(0.5),
    parallel_nums: random.integer(1, 3),
    error_handle_mode: random.pick(['terminated', 'continue-on-error', 'remove-abnormal-output']),
    ...(random.chance(0.5) && { flatten_output: random.chance(0.5) }),
    ...strategy(random, 'output'),
  }
  const container: Container = { id: addNode(builder, 'each', data, undefined), kind: 'iteration' }
  connect(builder, [{ from: addNode(builder, 'eachstart', { type: 'iteration-start' }, container), handle: 'source' }], 'divide')
  addDivision(builder, ['each', 'item'], container)
  connect(builder, [{ from: list, handle: 'source' }], 'each')
  connect(builder, [{ from: 'start', handle: 'source' }], list)
  return ['each', ['output']]
}

function failingLoop(builder: Builder): Failing {
  const { random } = builder
  const data: OracleObject = {
    type: 'loop',
    loop_count: random.integer(1, 4),
    loop_variables: [{ label: 'n', var_type: 'number', value_type: 'constant', value: String(random.integer(0, 3)) }],
    break_conditions: random.chance(0.4)
      ? [{ variable_selector: ['again', random.chance(0.7) ? 'n' : 'nothing'], comparison_operator: random.pick(['=', '<']), value: '0' }]
      : [],
    logical_operator: 'and',
    start_node_id: 'againstart',
    outputs: {},
    ...strategy(random, 'n'),
  }
  const container: Container = { id: addNode(builder, 'again', data, undefined), kind: 'loop' }
  connect(builder, [{ from: addNode(builder, 'againstart', { type: 'loop-start' }, container), handle: 'source' }], 'divide')
  addDivision(builder, ['again', 'n'], container)
  const item = { variable_selector: ['again', 'n'], input_type: 'constant', operation: '-=', value: 1 }
  addNode(builder, 'less', { type: 'assigner', version: '2', items: [item] }, container)
  connect(builder, [{ from: 'after', handle: 'source' }], 'less')
  return ['again', ['n', 'loop_round']]
}

function retrying(builder: Builder): Failing {
  const { random } = builder
  const retry = { retry_config: { retry_enabled: random.chance(0.85), max_retries: random.integer(1, 3), retry_interval: 1 } }
  const failures = random.integer(1, 4)
  if (random.chance(0.5)) {
    const bad = { chunks: ['half'], error: { type: random.pick(['InvokeRateLimitError', 'InvokeConnectionError']), message: 'later' } }
    builder.fakes.ask = { replies: [...Array.from({ length: failures }, () => bad), { chunks: ['well', ' done'] }] }
    const model = { provider: 'langgenius/openai/openai', name: 'gpt-4o', mode: 'chat', completion_params: {} }
    const data = {
      type: 'llm',
      model,
      prompt_template: [{ role: 'user', text: 'ask' }],
      context: { enabled: false, variable_selector: [] },
    }
    return [addNode(builder, 'ask', { ...data, vision: { enabled: false }, ...retry, ...strategy(random, 'text') }, undefined), ['text']]
  }
  const bad = random.pick([{ status: 503, body: 'busy' }, { error: { message: 'unreachable' } }])
  const ok = { status: 200, headers: { 'content-type': 'text/plain' }, body: 'fine' }
  builder.fakes.get = { replies: [...Array.from({ length: failures }, () => bad), ok] }
  const data = {
    type: 'http-request',
    method: 'get',
    url: 'https://example.com/',
    authorization: { type: 'no-auth' },
    headers: '',
    params: '',
    body: { type: 'none', data: [] },
    timeout: {},
  }
  return [addNode(builder, 'get', { ...data, ...retry, ...strategy(random, 'body') }, undefined), ['status_code', 'body']]
}
