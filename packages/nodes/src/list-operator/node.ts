import { isList, isTruthy, PythonError, toInteger, type Value } from '@trellis/values'
import { parseTemplate, renderTemplate, type Template, Variable, type VariableReader, type VariableType } from '@trellis/variables'
import { z } from 'zod'
import { defineNode } from '../define-node.ts'
import { inputsOfTemplates, selectorSchema, textSchema, valueSchema } from '../node-data.ts'
import { filterFor, type ItemKind, ListError } from './filter.ts'
import { inOrder } from './order.ts'

const isEnabled = z.boolean().catch(false)
const conditionSchema = z
  .looseObject({ key: textSchema, comparison_operator: z.string(), value: valueSchema.nullish() })
  .transform(({ key, comparison_operator, value }) => ({
    key,
    operator: comparison_operator,
    wanted: typeof value === 'string' ? parseTemplate(value) : undefined,
    source: value ?? null,
  }))

const config = z
  .looseObject({
    variable: selectorSchema,
    filter_by: z.looseObject({ enabled: isEnabled, conditions: z.array(conditionSchema).catch([]) }).nullish(),
    extract_by: z.looseObject({ enabled: isEnabled, serial: z.union([z.string(), z.number().transform(String)]).catch('1') }).nullish(),
    order_by: z.looseObject({ enabled: isEnabled, key: textSchema, value: z.enum(['asc', 'desc']).catch('asc') }).nullish(),
    limit: z.looseObject({ enabled: isEnabled, size: z.number().catch(-1) }).nullish(),
  })
  .transform(({ variable, filter_by: filter, extract_by: extract, order_by: order, limit }) => ({
    selector: variable,
    filters: filter?.enabled ? filter.conditions : [],
    serial: extract?.enabled ? { source: extract.serial, template: parseTemplate(extract.serial) } : undefined,
    order: order?.enabled ? { key: order.key, direction: order.value } : undefined,
    size: limit?.enabled ? limit.size : undefined,
  }))
type Config = z.infer<typeof config>

const kinds: Readonly<Partial<Record<VariableType, ItemKind>>> = {
  'array[string]': 'string',
  'array[number]': 'number',
  'array[boolean]': 'boolean',
  'array[file]': 'file',
}

/** Filters a list, takes one of it, orders it, cuts it: always in this order (workflow spec 2.22). */
export const listOperatorNode = defineNode(
  {
    type: 'list-operator',
    defaults: () => ({
      variable: [],
      filter_by: { enabled: false, conditions: [] },
      extract_by: { enabled: false, serial: '1' },
      order_by: { enabled: false, key: '', value: 'asc' },
      limit: { enabled: false, size: 10 },
    }),
    config,
    inputs: ({ selector, filters, serial }) => ({
      [`#${selector.join('.')}#`]: selector,
      ...inputsOfTemplates(
        ...filters.flatMap(({ source }) => (typeof source === 'string' ? [source] : [])),
        ...(serial ? [serial.source] : []),
      ),
    }),
  },
  ({ config: data, variables }) => {
    const path = data.selector.join('.')
    const variable = variables.get(data.selector)
    if (!variable) return failure(`The list "${path}" is not there.`)
    const { value, type } = variable
    const record = { inputs: { variable: value }, processData: { variable: value } }
    if (!isTruthy(value)) return { status: 'succeeded', ...record, outputs: outputsOf(new Variable([], isList(value) ? type : undefined)) }
    const kind = kinds[type]
    if (!kind || !isList(value)) {
      return { ...failure(`"${path}" is of the type ${type}; this node takes lists of texts, numbers, booleans or files.`), ...record }
    }
    try {
      return { status: 'succeeded', ...record, outputs: outputsOf(new Variable(operate(value, kind, data, variables), type)) }
    } catch (error) {
      if (!(error instanceof ListError)) throw error
      return { ...failure(error.message), ...record }
    }
  },
)

const failure = (error: string) => ({ status: 'failed', error, errorType: '' }) as const

function operate(list: readonly Value[], kind: ItemKind, data: Config, variables: VariableReader): readonly Value[] {
  let items = list
  for (const { key, operator, wanted, source } of data.filters) {
    items = items.filter(filterFor(kind, key, operator, wanted ? renderTemplate(wanted, variables, 'text') : source))
  }
  if (data.serial) items = [itemAt(items, data.serial.template, variables)]
  if (data.order) items = inOrder(items, kind, data.order.key, data.order.direction)
  return data.size === undefined ? items : items.slice(0, data.size)
}

/** The item with that number; the first one is 1. */
function itemAt(items: readonly Value[], serial: Template, variables: VariableReader): Value {
  const text = renderTemplate(serial, variables, 'text')
  const item = items[positionOf(text) - 1]
  if (item === undefined) throw new ListError(`There is no item ${text}: the list has ${items.length}.`)
  return item
}

function positionOf(text: string): number {
  try {
    return Number(toInteger(text))
  } catch (error) {
    if (!(error instanceof PythonError)) throw error
    throw new ListError(`"${text.slice(0, 100)}" is not the number of an item.`)
  }
}

function outputsOf(result: Variable): Record<string, Value | Variable> {
  const items = isList(result.value) ? result.value : []
  return { result, first_record: items[0] ?? null, last_record: items.at(-1) ?? null }
}
