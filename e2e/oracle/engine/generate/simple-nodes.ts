import type { OracleObject, OracleValue } from '../case.ts'
import { anyReference, type Builder, findReference, newId, type Reference, type Scope, strings, templateText } from './builder.ts'
import { ARRAYS, FLOATS, float, INTEGERS, makeValue, SCALARS, TEXTS, toJson, toPython, type ValueType } from './values.ts'

/** What a node of the graph is to be: its data, and what can be referred to behind it. */
export interface Made {
  readonly id: string
  readonly data: OracleObject
  readonly outputs: readonly Reference[]
  /** Where it has branches. */
  readonly handles?: readonly string[]
}
export type Maker = (builder: Builder, scope: Scope) => Made | undefined

const output = (id: string, name: string, type: ValueType): Reference => ({ selector: [id, name], type })
const declaredType = (type: ValueType): string => (type === 'integer' || type === 'float' ? 'number' : type === 'none' ? 'string' : type)

/** Brings values of any type into the graph. */
export const makeConstantCode: Maker = (builder) => {
  const id = newId(builder, 'code')
  const { random } = builder
  const types = random.some([...SCALARS, 'object', ...ARRAYS, 'none'] as const, 4)
  const values = types.map((type, index) => ({ name: `v${index}`, type, value: safeForCode(makeValue(random, type), type) }))
  const body = `{${values.map(({ name, value }) => `"${name}": ${toPython(value)}`).join(', ')}}`
  const outputs = Object.fromEntries(values.map(({ name, type }) => [name, { type: declaredType(type), children: null }]))
  return {
    id,
    data: { type: 'code', code_language: 'python3', code: `def main():\n    return ${body}\n`, variables: [], outputs },
    outputs: values.map(({ name, type, value }) => output(id, name, emptyIsAny(value, type))),
  }
}

/** A text with an exponent comes out of code as a number: kept for the cases that are about it. */
const safeForCode = (value: OracleValue, type: ValueType): OracleValue => (type === 'string' && value === '1e5' ? 'e5' : value)
const emptyIsAny = (value: OracleValue, type: ValueType): ValueType => (Array.isArray(value) && value.length === 0 ? 'array[any]' : type)

interface Transform {
  readonly from: readonly ValueType[]
  readonly python: string
  readonly javascript?: string
  readonly to: ValueType
}
const ANY: readonly ValueType[] = [...SCALARS, 'object', ...ARRAYS, 'array[any]', 'none']
const TRANSFORMS: readonly Transform[] = [
  { from: ANY, python: 'str(x)', to: 'string' },
  { from: ['string', ...ARRAYS], python: 'len(x)', javascript: 'x.length', to: 'integer' },
  { from: ['string'], python: 'x.upper()', javascript: 'x.toUpperCase()', to: 'string' },
  { from: ['string'], python: 'x.split(" ")', javascript: 'x.split(" ")', to: 'array[string]' },
  { from: ['integer', 'float'], python: 'x + 1', javascript: 'x + 1', to: 'integer' },
  { from: ['integer', 'float'], python: 'x / 4', to: 'float' },
  // Fails for some items of a list only.
  { from: ['integer'], python: '[10 // x] if x < 5 else main(1, 2)', to: 'array[number]' },
  { from: ['integer', 'float'], python: 'x > 2', javascript: 'x > 2', to: 'boolean' },
  { from: SCALARS, python: '{"x": x, "again": [x, x]}', javascript: '({ x, again: [x, x] })', to: 'object' },
  { from: ['integer'], python: '[x, x * 2]', javascript: '[x, x * 2]', to: 'array[number]' },
  { from: ['string'], python: '[{"s": x}, {"s": x * 2}]', to: 'array[object]' },
  { from: ['array[string]', 'array[number]', 'array[boolean]'], python: 'x[::-1]', javascript: 'x.reverse()', to: 'array[any]' },
  { from: ANY, python: '1 / 0', to: 'integer' },
]

export const makeCode: Maker = (builder, scope) => {
  const { random } = builder
  const transform = random.pick(random.chance(0.06) ? TRANSFORMS.slice(-1) : TRANSFORMS.slice(0, -1))
  const reference = findReference(builder, scope, transform.from)
  if (!reference) return undefined
  const id = newId(builder, 'code')
  const javascript = transform.javascript !== undefined && random.chance(0.15) && transform.to !== 'array[any]'
  const type = transform.to === 'array[any]' ? reference.type : transform.to
  const declared = random.chance(0.04) ? 'object' : declaredType(type)
  return {
    id,
    data: {
      type: 'code',
      code_language: javascript ? 'javascript' : 'python3',
      code: javascript
        ? `function main({ x }) {\n  return { result: ${transform.javascript} }\n}\n`
        : `def main(x):\n    return {"result": ${transform.python}}\n`,
      variables: [{ variable: 'x', value_selector: strings(reference.selector) }],
      outputs: { result: { type: declared, children: null } },
    },
    outputs: [output(id, 'result', type)],
  }
}

const TEMPLATES = [
  '{{ x }}',
  '[{{ x }}] and {{ y }}\n',
  '{% if x %}yes {{ x }}{% else %}no{% endif %}',
  '{{ x | tojson }}',
  '{{ x is string }}/{{ y is none }}',
  '{{ x ~ "-" ~ y }}',
  '{{ missing }}|{{ x }}',
]
const LIST_TEMPLATES = ['{% for i in x %}{{ loop.index }}:{{ i }};{% endfor %}', '{{ x | length }}', '{{ x | join("+") }}', '{{ x[0] }}']

export const makeTemplate: Maker = (builder, scope) => {
  const { random } = builder
  const x = anyReference(builder, scope, 0.1)
  const y = anyReference(builder, scope, 0.1)
  if (!(x && y)) return undefined
  const id = newId(builder, 'tpl')
  return {
    id,
    data: {
      type: 'template-transform',
      template: random.pick(x.type.startsWith('array') ? [...TEMPLATES, ...LIST_TEMPLATES] : TEMPLATES),
      variables: [
        { variable: 'x', value_selector: strings(x.selector) },
        { variable: 'y', value_selector: strings(y.selector) },
      ],
    },
    outputs: [output(id, 'output', 'string')],
  }
}

export const makeAggregator: Maker = (builder, scope) => {
  const { random } = builder
  const all = [...scope.sure, ...scope.maybe]
  if (all.length < 2) return undefined
  const id = newId(builder, 'agg')
  const chosen = (): Reference[] => random.shuffled([...random.some(scope.maybe, 2), ...random.some(scope.sure, 2)])
  const type = random.chance(0.1) ? 'variable-assigner' : 'variable-aggregator'
  if (random.chance(0.35)) {
    const groups = ['Group1', 'Group2'].map((name) => ({ name, of: chosen() }))
    return {
      id,
      data: {
        type,
        output_type: 'any',
        variables: [],
        advanced_settings: {
          group_enabled: true,
          groups: groups.map(({ name, of }) => ({
            groupId: name,
            group_name: name,
            output_type: 'string',
            variables: of.map(({ selector }) => strings(selector)),
          })),
        },
      },
      outputs: groups.flatMap(({ name, of }) => (of[0] ? [{ selector: [id, name, 'output'], type: of[0].type }] : [])),
    }
  }
  const variables = chosen()
  const [first] = variables
  return {
    id,
    data: { type, output_type: 'any', variables: variables.map(({ selector }) => strings(selector)) },
    outputs: first && scope.sure.includes(first) ? [output(id, 'output', first.type)] : [],
  }
}

const LIST_OPERATORS: Partial<Record<ValueType, readonly string[]>> = {
  'array[string]': ['contains', 'start with', 'end with', 'is', 'in', 'empty', 'not contains', 'is not', 'not in', 'not empty'],
  'array[number]': ['=', '≠', '<', '≤', '>', '≥'],
  'array[boolean]': ['is', 'is not'],
}

export const makeListOperator: Maker = (builder, scope) => {
  const { random } = builder
  const list = findReference(builder, scope, ['array[string]', 'array[number]', 'array[boolean]'])
  const operators = list && LIST_OPERATORS[list.type]
  if (!(list && operators)) return undefined
  const id = newId(builder, 'list')
  const filterValue = (): OracleValue =>
    list.type === 'array[boolean]'
      ? random.chance(0.5)
      : list.type === 'array[number]'
        ? String(random.pick(INTEGERS))
        : random.pick(TEXTS.slice(1))
  return {
    id,
    data: {
      type: 'list-operator',
      variable: strings(list.selector),
      filter_by: {
        enabled: random.chance(0.6),
        conditions: [{ key: '', comparison_operator: random.pick(operators), value: filterValue() }],
      },
      extract_by: { enabled: random.chance(0.15), serial: random.pick(['1', '2', '9']) },
      order_by: { enabled: random.chance(0.5), key: '', value: random.pick(['asc', 'desc']) },
      limit: { enabled: random.chance(0.4), size: random.integer(1, 3) },
      var_type: list.type,
      item_var_type: list.type.slice(6, -1),
    },
    outputs: [output(id, 'result', list.type)],
  }
}

/** Answers that stream along the way; the graph goes on behind them. */
export const makeAnswer: Maker = (builder, scope) => {
  const id = newId(builder, 'answer')
  const answer = templateText(builder, scope, { rashness: 0.25, most: 4 })
  return { id, data: { type: 'answer', answer, variables: [] }, outputs: [output(id, 'answer', 'string')] }
}

export const makeEnd: Maker = (builder, scope) => {
  const { random } = builder
  const id = newId(builder, 'end')
  const shown = random.shuffled([...random.some(scope.sure, 3), ...random.some(scope.maybe, 2)])
  const outputs = shown.map(({ selector, type }, index) => ({
    variable: random.chance(0.9) ? `out_${index}_${id}` : 'shared',
    value_selector: strings(selector),
    value_type: declaredType(type),
  }))
  return { id, data: { type: 'end', outputs }, outputs: [] }
}

/** A constant as an app file writes it in an assigner or a loop. */
export const constantOf = (builder: Builder, type: ValueType): OracleValue => {
  const value = makeValue(builder.random, type)
  return type.startsWith('array') ? toJson(value) : value
}
export const numberConstant = (builder: Builder): OracleValue =>
  builder.random.chance(0.7) ? builder.random.pick(INTEGERS) : float(builder.random.pick(FLOATS))
