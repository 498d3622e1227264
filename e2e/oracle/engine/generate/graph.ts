import type { GraphCase, OracleObject } from '../case.ts'
import {
  addNode,
  type Builder,
  type Container,
  connect,
  type Exit,
  extend,
  findReference,
  newId,
  type Reference,
  type Scope,
  strings,
} from './builder.ts'
import { declareConversation, makeAssigner, makeCondition, makeIfElse, type Target } from './logic-nodes.ts'
import { makeClassifier, makeExtractor, makeHttp, makeLlm, makeTool } from './outside-nodes.ts'
import { createRandom } from './random.ts'
import {
  constantOf,
  type Made,
  type Maker,
  makeAggregator,
  makeAnswer,
  makeCode,
  makeConstantCode,
  makeEnd,
  makeListOperator,
  makeTemplate,
} from './simple-nodes.ts'
import { ARRAYS, makeValue, toJson, type ValueType } from './values.ts'

/** A stretch of graph behind `exits`: where it goes on from there, and what has run by then. */
interface Place {
  readonly exits: readonly Exit[]
  readonly scope: Scope
}
interface Setting {
  readonly container?: Container
  /** Containers around. */
  readonly depth: number
  readonly targets: readonly Target[]
}

/** A graph from a seed: the same seed gives the same graph. */
export function generateCase(seed: number): GraphCase {
  const random = createRandom(seed)
  const mode = random.chance(0.55) ? 'advanced-chat' : 'workflow'
  const builder: Builder = {
    random,
    mode,
    nodes: [],
    edges: [],
    fakes: {},
    conversation: [],
    environment: [],
    mostNodes: random.pick([5, 7, 9, 12, 18]),
  }
  const conversation = mode === 'advanced-chat' && random.chance(0.7) ? declareConversation(builder) : []
  builder.environment.push({ id: 'e1', name: 'word', value_type: 'string', value: 'from the environment' })
  builder.environment.push({ id: 'e2', name: 'count', value_type: 'number', value: 3 })
  const { inputs, place } = makeStart(builder, conversation)
  const targets = conversation
  const before = append(builder, place, makeConstantCode, { depth: 0, targets })
  const after = sequence(builder, before, random.integer(1, 4), { depth: 0, targets })
  finish(builder, after)
  return {
    id: `seed ${seed}`,
    mode,
    graph: { nodes: builder.nodes, edges: shuffleSometimes(builder) },
    ...(builder.conversation.length > 0 && { conversationVariables: builder.conversation }),
    environmentVariables: builder.environment,
    inputs,
    ...(mode === 'advanced-chat' && { system: { query: random.pick(['hello world', '你好', 'bye']) } }),
    fakes: builder.fakes,
  }
}

/** The order of edges is the order of running: mostly as made, at times any. */
const shuffleSometimes = ({ random, edges }: Builder): Builder['edges'] => (random.chance(0.25) ? random.shuffled(edges) : edges)

function makeStart(builder: Builder, conversation: readonly Reference[]): { readonly inputs: OracleObject; readonly place: Place } {
  const { random } = builder
  const id = newId(builder, 'start')
  const types: readonly ValueType[] = ['string', 'integer', 'float']
  const inputs: OracleObject = Object.fromEntries(types.map((type) => [`in_${type}`, makeValue(random, type)]))
  const variables = types.map((type) => ({
    variable: `in_${type}`,
    label: type,
    type: type === 'string' ? 'paragraph' : 'number',
    required: false,
    options: [],
  }))
  addNode(builder, id, { type: 'start', variables }, undefined)
  const sure: Reference[] = [
    ...types.map((type) => ({ selector: [id, `in_${type}`], type })),
    ...(builder.mode === 'advanced-chat' ? [{ selector: ['sys', 'query'], type: 'string' } satisfies Reference] : []),
    { selector: ['env', 'word'], type: 'string' },
    { selector: ['env', 'count'], type: 'integer' },
    ...conversation,
  ]
  return {
    inputs,
    place: { exits: [{ from: id, handle: 'source' }], scope: { sure, maybe: [{ selector: ['nowhere', 'value'], type: 'string' }] } },
  }
}

type Block = (builder: Builder, place: Place, setting: Setting) => Place

function sequence(builder: Builder, start: Place, length: number, setting: Setting): Place {
  let place = start
  for (let step = 0; step < length && place.exits.length > 0 && builder.nodes.length < builder.mostNodes; step += 1) {
    place = pickBlock(builder, setting)(builder, place, setting)
  }
  return place
}

const SIMPLE: readonly Maker[] = [
  makeConstantCode,
  makeCode,
  makeCode,
  makeTemplate,
  makeTemplate,
  makeAggregator,
  makeListOperator,
  makeLlm,
  makeLlm,
  makeExtractor,
  makeHttp,
  makeTool,
]

function pickBlock({ random, mode }: Builder, { depth, container }: Setting): Block {
  const simple: Block = (builder, place, setting) => append(builder, place, random.pick(SIMPLE), setting)
  return random.pick<Block>([
    simple,
    simple,
    simple,
    assign,
    branch,
    ...(container ? [] : [branch, fork]),
    fork,
    ...(depth < 2 ? [random.pick<Block>([iterate, loop])] : []),
    ...(mode === 'advanced-chat'
      ? [(builder: Builder, place: Place, setting: Setting) => append(builder, place, makeAnswer, setting)]
      : []),
  ])
}

const assign: Block = (builder, place, setting) =>
  append(builder, place, (_, scope) => makeAssigner(builder, scope, setting.targets), setting)

/** One node behind the place; nothing where it finds nothing to work on. Some nodes get a way to deal with failure. */
function append(builder: Builder, place: Place, make: Maker, setting: Setting): Place {
  const made = make(builder, place.scope)
  if (!made) return place
  const withStrategy = made.handles ? made : giveStrategy(builder, made)
  addNode(builder, made.id, withStrategy.data, setting.container)
  connect(builder, place.exits, made.id)
  if (!withStrategy.handles) {
    return { exits: [{ from: made.id, handle: 'source' }], scope: extend(place.scope, { sure: made.outputs }) }
  }
  return branchesOf(builder, withStrategy, place, setting)
}

function giveStrategy({ random }: Builder, made: Made): Made {
  const kind = String(made.data.type)
  const retries: OracleObject = random.chance(0.5)
    ? { retry_config: { retry_enabled: true, max_retries: random.integer(1, 2), retry_interval: 1 } }
    : {}
  if (!['code', 'http-request', 'llm', 'tool', 'template-transform', 'list-operator'].includes(kind) || !random.chance(0.3)) return made
  const data = { ...made.data, ...retries }
  if (random.chance(0.5)) return { ...made, data: { ...data, error_strategy: 'fail-branch' }, handles: ['source', 'fail-branch'] }
  const [first] = made.outputs
  if (!first || random.chance(0.2)) return { ...made, data }
  const values: OracleObject = { key: first.selector[1] ?? '', type: 'string', value: 'a default' }
  return { ...made, data: { ...data, error_strategy: 'default-value', default_value: [values] } }
}

const branch: Block = (builder, place, setting) =>
  append(builder, place, builder.random.chance(0.75) ? makeIfElse : makeClassifier, setting)

/** The arms of a branch: some empty, some ending on their own, the others joined by what comes next. */
function branchesOf(builder: Builder, made: Made, place: Place, setting: Setting): Place {
  const { random } = builder
  const fails = made.handles?.includes('fail-branch') ?? false
  const base = extend(place.scope, fails ? { maybe: made.outputs } : { sure: made.outputs })
  const exits: Exit[] = []
  const learned: Reference[] = []
  for (const handle of made.handles ?? []) {
    const start: Place = { exits: [{ from: made.id, handle }], scope: handle === 'source' ? extend(base, { sure: made.outputs }) : base }
    if (random.chance(0.15)) {
      if (random.chance(0.6)) exits.push(...start.exits)
      continue
    }
    const arm = sequence(builder, start, random.integer(1, 2), setting)
    learned.push(...arm.scope.sure.slice(start.scope.sure.length), ...arm.scope.maybe.slice(start.scope.maybe.length))
    if (setting.depth === 0 && random.chance(0.25)) finish(builder, arm)
    else exits.push(...arm.exits)
  }
  return { exits, scope: extend(base, { maybe: learned }) }
}

/** Side by side, joined by what comes next. */
const fork: Block = (builder, place, setting) => {
  const arms = Array.from({ length: builder.random.integer(2, 3) }, () => sequence(builder, place, builder.random.integer(1, 2), setting))
  const started = arms.filter(({ exits }) => exits !== place.exits)
  if (started.length === 0) return place
  const learned = (kind: keyof Scope): Reference[] => started.flatMap(({ scope }) => scope[kind].slice(place.scope[kind].length))
  // Where an arm branches, the join may come before it is through.
  return { exits: started.flatMap(({ exits }) => exits), scope: extend(place.scope, { sure: learned('sure'), maybe: learned('maybe') }) }
}

const iterate: Block = (builder, place, setting) => {
  const { random } = builder
  const list = findReference(builder, place.scope, [...ARRAYS, 'array[any]'])
  if (!list) return place
  const id = newId(builder, 'iter')
  const container: Container = { id, kind: 'iteration' }
  const index = builder.nodes.length
  addNode(builder, id, {}, setting.container)
  const item: ValueType = list.type === 'array[number]' ? 'integer' : list.type === 'array[any]' ? 'none' : toItem(list.type)
  const inner = insideOf(builder, {
    kind: 'iteration',
    container,
    place,
    setting,
    own: [
      { selector: [id, 'item'], type: item },
      { selector: [id, 'index'], type: 'integer' },
    ],
  })
  const chosen = random.pick([...inner.scope.sure.slice(place.scope.sure.length), ...inner.scope.maybe.slice(place.scope.maybe.length)])
  builder.nodes[index] = {
    ...(builder.nodes[index] ?? { id }),
    data: {
      ...builder.nodes[index]?.data,
      type: 'iteration',
      iterator_selector: strings(list.selector),
      output_selector: strings(chosen.selector),
      output_type: 'array[any]',
      start_node_id: `${id}start`,
      is_parallel: random.chance(0.35),
      parallel_nums: random.integer(1, 3),
      error_handle_mode: random.pick(['terminated', 'continue-on-error', 'remove-abnormal-output']),
      ...(random.chance(0.5) && { flatten_output: random.chance(0.5) }),
    },
  }
  connect(builder, place.exits, id)
  return {
    exits: [{ from: id, handle: 'source' }],
    scope: extend(place.scope, { sure: [{ selector: [id, 'output'], type: 'array[any]' }] }),
  }
}

const toItem = (type: ValueType): ValueType => (type === 'array[string]' ? 'string' : type === 'array[object]' ? 'object' : 'boolean')

const loop: Block = (builder, place, setting) => {
  const { random } = builder
  const id = newId(builder, 'loop')
  const container: Container = { id, kind: 'loop' }
  const index = builder.nodes.length
  addNode(builder, id, {}, setting.container)
  const types: readonly ValueType[] = [
    'integer',
    ...random.some(['string', 'boolean', 'object', 'array[string]', 'array[number]'] as const, 2),
  ]
  const own: Target[] = types.map((type, position) => ({ selector: [id, `v${position}`], type, isLoopVariable: true }))
  const variables = own.map(({ selector, type }): OracleObject => {
    const from = random.chance(0.3) ? findReference(builder, place.scope, [type]) : undefined
    const declared = { id: selector[1] ?? '', label: selector[1] ?? '', var_type: type === 'integer' ? 'number' : type }
    if (from) return { ...declared, value_type: 'variable', value: strings(from.selector) }
    return { ...declared, value_type: 'constant', value: type === 'object' ? toJson(makeValue(random, type)) : constantOf(builder, type) }
  })
  insideOf(builder, { kind: 'loop', container, place, setting, own })
  const [counter] = own
  builder.nodes[index] = {
    ...(builder.nodes[index] ?? { id }),
    data: {
      ...builder.nodes[index]?.data,
      type: 'loop',
      loop_count: random.integer(1, 4),
      loop_variables: variables,
      break_conditions: counter && random.chance(0.6) ? [makeCondition(builder, random.chance(0.7) ? counter : random.pick(own), 0)] : [],
      logical_operator: random.pick(['and', 'or']),
      start_node_id: `${id}start`,
      outputs: {},
    },
  }
  connect(builder, place.exits, id)
  return { exits: [{ from: id, handle: 'source' }], scope: extend(place.scope, { maybe: own }) }
}

interface Inside {
  readonly kind: Container['kind']
  readonly container: Container
  readonly place: Place
  readonly setting: Setting
  /** The container's own variables. */
  readonly own: readonly Target[]
}

function insideOf(builder: Builder, { kind, container, place, setting, own }: Inside): Place {
  const start = `${container.id}start`
  addNode(builder, start, { type: `${kind}-start` }, container)
  const inner: Setting = { container, depth: setting.depth + 1, targets: kind === 'loop' ? [...own, ...setting.targets] : setting.targets }
  const first: Place = { exits: [{ from: start, handle: 'source' }], scope: extend(place.scope, { sure: own }) }
  const counting = kind === 'loop' && own[0] ? count(builder, first, own[0], inner) : first
  const end = sequence(builder, counting, builder.random.integer(1, 3), inner)
  if (kind === 'loop' && end.exits.length > 0 && builder.random.chance(0.2)) {
    connect(builder, end.exits, addNode(builder, newId(builder, 'enough'), { type: 'loop-end' }, container))
  }
  return end
}

function count(builder: Builder, place: Place, counter: Target, setting: Setting): Place {
  const item = { variable_selector: strings(counter.selector), input_type: 'constant', operation: '+=', value: 1, write_mode: 'over-write' }
  return append(
    builder,
    place,
    () => ({ id: newId(builder, 'count'), data: { type: 'assigner', version: '2', items: [item] }, outputs: [] }),
    setting,
  )
}

/** The end of a path: one or two Ends, or an Answer. */
function finish(builder: Builder, place: Place): void {
  if (place.exits.length === 0) return
  for (let made = 0; made < (builder.random.chance(0.2) ? 2 : 1); made += 1) {
    const last = (builder.mode === 'workflow' ? makeEnd : makeAnswer)(builder, place.scope)
    if (!last) return
    addNode(builder, last.id, last.data, undefined)
    connect(builder, place.exits, last.id)
  }
}
