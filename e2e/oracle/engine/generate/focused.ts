import type { GraphCase, OracleObject } from '../case.ts'
import { addNode, type Builder, connect, type Exit, extend, findReference, newId, type Reference, type Scope, strings } from './builder.ts'
import { makeAssigner, makeIfElse } from './logic-nodes.ts'
import { makeExtractor, makeHttp } from './outside-nodes.ts'
import { createRandom } from './random.ts'
import { type Maker, makeAggregator, makeConstantCode, makeEnd, makeListOperator, makeTemplate } from './simple-nodes.ts'
import { ARRAYS, makeValue, SCALARS, toPython } from './values.ts'

const ALL = [...SCALARS, 'object', ...ARRAYS, 'array[any]', 'none'] as const
const DECLARABLE = ['string', 'number', 'boolean', 'object', ...ARRAYS]

/** Any value where any type is declared. */
const makeOddCode: Maker = (builder) => {
  const { random } = builder
  const id = newId(builder, 'odd')
  const value = makeValue(random, random.pick(ALL))
  const extra = random.chance(0.08) ? ', "extra": 1' : ''
  return {
    id,
    data: {
      type: 'code',
      code_language: 'python3',
      code: `def main():\n    return {"v": ${toPython(value)}${extra}}\n`,
      variables: [],
      outputs: { v: { type: random.pick(DECLARABLE), children: null } },
      error_strategy: 'default-value',
      default_value: [{ key: 'v', type: 'string', value: 'default' }],
    },
    outputs: [{ selector: [id, 'v'], type: 'none' }],
  }
}

/** How a value of each type reads in a text. */
const makeShowing: Maker = (builder, scope) => {
  const id = newId(builder, 'shown')
  const shown = findReference(builder, scope, [builder.random.pick(ALL)])
  if (!shown) return undefined
  const url = `https://example.com/?v={{#${shown.selector.join('.')}#}}&w={{#${shown.selector.join('.')}.name#}}`
  builder.fakes[id] = { replies: [{ status: 200, headers: { 'content-type': 'text/plain' }, body: 'ok' }] }
  const quiet = { authorization: { type: 'no-auth' }, headers: '', params: '', timeout: {} }
  const data: OracleObject = {
    type: 'http-request',
    method: 'post',
    url,
    ...quiet,
    body: { type: 'raw-text', data: [{ type: 'text', key: '', value: url }] },
  }
  return { id, data, outputs: [{ selector: [id, 'body'], type: 'string' }] }
}

const FAMILIES: readonly ((builder: Builder, targets: readonly Reference[]) => Maker)[] = [
  () => makeIfElse,
  (_, targets) => (builder, scope) => makeAssigner(builder, scope, targets),
  () => makeListOperator,
  () => makeOddCode,
  () => makeShowing,
  () => makeTemplate,
  () => makeAggregator,
  () => makeExtractor,
  () => makeHttp,
]

/** Several nodes of one kind in a row over values of every type; failures are dealt with, so that each has its turn. */
export function generateFocusedCase(seed: number): GraphCase {
  const random = createRandom(seed)
  const builder: Builder = {
    random,
    mode: 'advanced-chat',
    nodes: [],
    edges: [],
    fakes: {},
    conversation: [],
    environment: [],
    mostNodes: 20,
  }
  const family = FAMILIES[seed % FAMILIES.length]
  if (!family) throw new Error('no such family')
  const targets = ALL.flatMap((type): Reference[] => {
    if (type === 'none' || type === 'array[any]') return []
    const name = `c${builder.conversation.length}`
    const declared = type === 'integer' || type === 'float' ? 'number' : type
    builder.conversation.push({ id: name, name, value_type: declared, value: makeValue(random, type) })
    return [{ selector: ['conversation', name], type }]
  })
  const start = addNode(builder, newId(builder, 'start'), { type: 'start', variables: [] }, undefined)
  let exits: readonly Exit[] = [{ from: start, handle: 'source' }]
  let scope: Scope = { sure: [...targets, { selector: ['sys', 'query'], type: 'string' }], maybe: [] }
  const makers = [makeConstantCode, ...Array.from({ length: random.integer(2, 5) }, () => family(builder, targets))]
  for (const make of makers) {
    const made = make(builder, scope)
    if (!made) continue
    const isDealtWith = ['list-operator', 'template-transform', 'code'].includes(String(made.data.type)) && !made.data.error_strategy
    const strategy: OracleObject = isDealtWith
      ? { error_strategy: 'default-value', default_value: [{ key: 'd', type: 'number', value: '7' }] }
      : {}
    addNode(builder, made.id, { ...made.data, ...strategy }, undefined)
    connect(builder, exits, made.id)
    exits = (made.handles ?? ['source']).map((handle) => ({ from: made.id, handle }))
    scope = extend(scope, { sure: made.outputs })
  }
  showAll(builder, { exits, scope, targets })
  return {
    id: `focused ${seed}`,
    mode: 'advanced-chat',
    graph: { nodes: builder.nodes, edges: builder.edges },
    conversationVariables: builder.conversation,
    inputs: {},
    system: { query: 'hello 你好' },
    fakes: builder.fakes,
  }
}

interface Shown {
  readonly exits: readonly Exit[]
  readonly scope: Scope
  readonly targets: readonly Reference[]
}

/** An Answer with what was made, and an End beside it, which shows values as they are. */
function showAll(builder: Builder, { exits, scope, targets }: Shown): void {
  const made = builder.random.some(scope.sure.slice(targets.length), 4)
  const shown = [...made, ...builder.random.some(targets, 3)]
  const answer = shown.map(({ selector }) => `{{#${selector.join('.')}#}}`).join('|')
  connect(builder, exits, addNode(builder, newId(builder, 'answer'), { type: 'answer', answer }, undefined))
  const end = makeEnd(builder, scope)
  if (!end) return
  const outputs = shown.map(({ selector }, index) => ({ variable: `o${index}`, value_selector: strings(selector) }))
  connect(builder, exits, addNode(builder, end.id, { type: 'end', outputs }, undefined))
}
