import type { DeclaredVariable, OracleObject, OracleValue } from '../case.ts'
import { type Builder, findReference, newId, type Reference, type Scope, strings } from './builder.ts'
import { constantOf, type Maker, numberConstant } from './simple-nodes.ts'
import { ARRAYS, INTEGERS, makeValue, SCALARS, TEXTS, type ValueType } from './values.ts'

const EMPTINESS = ['empty', 'not empty', 'null', 'not null']
const OPERATORS: Readonly<Record<ValueType, readonly string[]>> = {
  string: ['contains', 'not contains', 'start with', 'end with', 'is', 'is not', 'in', 'not in', ...EMPTINESS],
  integer: ['=', '≠', '>', '<', '≥', '≤', ...EMPTINESS],
  float: ['=', '≠', '>', '<', '≥', '≤', ...EMPTINESS],
  boolean: ['is', 'is not', '=', '≠', ...EMPTINESS],
  object: EMPTINESS,
  none: ['is', 'is not', '=', '≠', '>', '<', 'contains', 'not contains', 'start with', 'in', 'not in', ...EMPTINESS],
  'array[string]': ['contains', 'not contains', 'all of', ...EMPTINESS],
  'array[number]': ['contains', 'not contains', ...EMPTINESS],
  'array[object]': EMPTINESS,
  'array[boolean]': ['contains', 'not contains', 'all of', ...EMPTINESS],
  'array[any]': ['contains', 'not contains', ...EMPTINESS],
}

/** A condition of an if-else or of a loop's end; mostly of an operator that fits the type. */
export function makeCondition(builder: Builder, reference: Reference, rashness = 0.02): OracleObject {
  const { random } = builder
  const { type } = reference
  const operator = random.pick(random.chance(rashness) ? OPERATORS.string : OPERATORS[type])
  return {
    variable_selector: strings(reference.selector),
    comparison_operator: operator,
    value: expected(builder, type, operator),
    varType: type === 'integer' || type === 'float' ? 'number' : type,
  }
}

function expected(builder: Builder, type: ValueType, operator: string): OracleValue {
  const { random } = builder
  // graphon reads what is expected of a boolean as JSON whatever the operator, and '' is none.
  if (EMPTINESS.includes(operator)) return type.includes('boolean') && random.chance(0.95) ? 'true' : ''
  if (operator === 'in' || operator === 'not in') return random.some(TEXTS.slice(1), 3)
  if (operator === 'all of') return random.some(type === 'array[boolean]' ? ['true', 'false'] : TEXTS.slice(1), 2)
  if (type === 'boolean' || type === 'array[boolean]') return random.pick<OracleValue>([true, false, 'true', 'false'])
  if (type === 'integer') return random.chance(0.1) ? '1.0' : String(random.pick(INTEGERS))
  if (type === 'float') return random.pick(['0', '1', '1.0', '3.14', '-2.5', '100'])
  return random.pick(TEXTS.slice(1))
}

export const makeIfElse: Maker = (builder, scope) => {
  const { random } = builder
  const condition = (): OracleObject | undefined => {
    const reference = findReference(builder, scope, [...SCALARS, 'object', ...ARRAYS, 'array[any]', 'none'])
    return reference && makeCondition(builder, reference)
  }
  const id = newId(builder, 'if')
  const caseIds = ['true', 'second', 'third'].slice(0, random.integer(1, 3))
  const cases = caseIds.map((caseId) => ({
    case_id: caseId,
    logical_operator: random.pick(['and', 'or']),
    conditions: Array.from({ length: random.integer(1, 3) }, condition).filter((made) => made !== undefined),
  }))
  if (cases.some(({ conditions }) => conditions.length === 0)) return undefined
  const [first] = cases
  if (first && random.chance(0.08)) {
    const data = { type: 'if-else', logical_operator: first.logical_operator, conditions: first.conditions }
    return { id, data, outputs: [], handles: ['true', 'false'] }
  }
  return { id, data: { type: 'if-else', cases }, outputs: [{ selector: [id, 'result'], type: 'boolean' }], handles: [...caseIds, 'false'] }
}

const CONVERSATION_TYPES = ['string', 'number', 'boolean', 'object', ...ARRAYS] as const

/** Conversation variables of several types, before the graph is made. */
export function declareConversation(builder: Builder): Reference[] {
  const { random } = builder
  return random.some(CONVERSATION_TYPES, 4).map((declared, index) => {
    const type: ValueType = declared === 'number' ? random.pick(['integer', 'float']) : declared
    const variable: DeclaredVariable = { id: `id-${index}`, name: `c${index}`, value_type: declared, value: makeValue(random, type) }
    builder.conversation.push(variable)
    return { selector: ['conversation', variable.name], type }
  })
}

/** What an assigner may write: conversation variables, and the variables of loops around it. */
export interface Target extends Reference {
  readonly isLoopVariable?: boolean
}

export function makeAssigner(builder: Builder, scope: Scope, targets: readonly Target[]): ReturnType<Maker> {
  const { random } = builder
  if (targets.length === 0) return undefined
  return random.chance(0.4) ? assignerOfVersion1(builder, scope, random.pick(targets)) : assignerOfVersion2(builder, scope, targets)
}

function assignerOfVersion1(builder: Builder, scope: Scope, target: Target): ReturnType<Maker> {
  const { random } = builder
  const modes = target.type.startsWith('array') ? ['over-write', 'append', 'clear'] : ['over-write', 'clear']
  const mode = random.pick(modes)
  const wanted: readonly ValueType[] = mode === 'append' ? itemTypes(target.type) : [target.type]
  const input = findReference(builder, scope, wanted)
  if (!input) return undefined
  const id = newId(builder, 'set')
  return {
    id,
    data: {
      type: 'assigner',
      assigned_variable_selector: strings(target.selector),
      write_mode: mode,
      input_variable_selector: strings(input.selector),
    },
    outputs: [],
  }
}

function itemTypes(type: ValueType): readonly ValueType[] {
  if (type === 'array[string]') return ['string']
  if (type === 'array[number]') return ['integer', 'float']
  if (type === 'array[object]') return ['object']
  return type === 'array[boolean]' ? ['boolean'] : ['string', 'integer']
}

function assignerOfVersion2(builder: Builder, scope: Scope, targets: readonly Target[]): ReturnType<Maker> {
  const { random } = builder
  const items = Array.from({ length: random.integer(1, 3) }, () => assignment(builder, scope, random.pick(targets))).filter(
    (item) => item !== undefined,
  )
  if (items.length === 0) return undefined
  return { id: newId(builder, 'set'), data: { type: 'assigner', version: '2', items }, outputs: [] }
}

function assignment(builder: Builder, scope: Scope, target: Target): OracleObject | undefined {
  const { random } = builder
  const isArray = target.type.startsWith('array')
  const isNumber = target.type === 'integer' || target.type === 'float'
  const operation = random.pick([
    'over-write',
    'clear',
    ...(isArray ? ['append', 'extend', 'remove-first', 'remove-last', 'append'] : ['set']),
    ...(isNumber ? ['+=', '-=', '*=', '/='] : []),
  ])
  const item = (inputType: string, value: OracleValue): OracleObject => ({
    variable_selector: strings(target.selector),
    input_type: inputType,
    operation,
    value,
    write_mode: 'over-write',
  })
  if (['clear', 'remove-first', 'remove-last'].includes(operation)) return item('variable', '')
  if (['+=', '-=', '*=', '/='].includes(operation)) return item('constant', numberConstant(builder))
  if (operation === 'set') return item('constant', constantOf(builder, target.type))
  const input = findReference(builder, scope, operation === 'append' ? itemTypes(target.type) : [target.type])
  return input && item('variable', strings(input.selector))
}
