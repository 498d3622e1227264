import { isList, type Value } from '@trellis/values'
import { parseTemplate, type Selector, selectorsOf, type Template } from '@trellis/variables'
import { z } from 'zod'
import { selectorSchema, valueSchema } from '../node-data.ts'
import { comparisonOperators, type Operator } from './operators.ts'

export type LogicalOperator = 'and' | 'or'

/** What a variable is compared with: a template, which is rendered as text, or a value as it is. */
type Expected = { readonly type: 'template'; readonly template: Template } | { readonly type: 'value'; readonly value: Value }

export interface Condition {
  readonly selector: Selector
  readonly operator: Operator
  readonly expected: Expected
  /** Of lists of files: tests of each file's attributes. */
  readonly files: FileConditions | undefined
}

export interface FileConditions {
  readonly logicalOperator: LogicalOperator
  readonly conditions: readonly { readonly key: string; readonly operator: Operator; readonly expected: Value }[]
}

const operatorSchema = z.enum(comparisonOperators)

export const logicalOperatorSchema: z.ZodType<LogicalOperator> = z
  .enum(['and', 'or'])
  .nullish()
  .transform((operator) => operator ?? 'and')

const fileConditionsSchema = z.looseObject({
  logical_operator: logicalOperatorSchema,
  conditions: z.array(z.looseObject({ key: z.string().catch(''), comparison_operator: operatorSchema, value: valueSchema.optional() })),
})

/** A condition of an if-else or of a loop's end, ready to be asked (workflow spec 2.9). */
export const conditionSchema: z.ZodType<Condition> = z
  .looseObject({
    variable_selector: selectorSchema,
    comparison_operator: operatorSchema,
    value: valueSchema.nullish(),
    sub_variable_condition: fileConditionsSchema.nullish(),
  })
  .transform(
    ({ variable_selector, comparison_operator, value, sub_variable_condition: files }): Condition => ({
      selector: variable_selector,
      operator: comparison_operator,
      expected: typeof value === 'string' ? { type: 'template', template: parseTemplate(value) } : { type: 'value', value: value ?? null },
      files: files ? toFileConditions(files) : undefined,
    }),
  )

function toFileConditions({ logical_operator, conditions }: z.infer<typeof fileConditionsSchema>): FileConditions {
  return {
    logicalOperator: logical_operator,
    conditions: conditions.map(({ key, comparison_operator, value }) => ({
      key,
      operator: comparison_operator,
      expected: key === 'extension' ? withDot(value ?? null) : (value ?? null),
    })),
  }
}

/** Extensions are compared with their dot, however they were written. */
function withDot(value: Value): Value {
  if (isList(value)) return value.map(withDot)
  return typeof value === 'string' && value !== '' && !value.startsWith('.') ? `.${value}` : value
}

/** All that conditions read, named as Dify names it. */
export function inputsOfConditions(conditions: readonly Condition[]): Readonly<Record<string, Selector>> {
  const selectors = conditions.flatMap(({ selector, expected }) => [
    selector,
    ...(expected.type === 'template' ? selectorsOf(expected.template) : []),
  ])
  return Object.fromEntries(selectors.map((selector) => [`#${selector.join('.')}#`, selector]))
}
