import { type Dict, isEqual, isList, isNumber, isTruthy, parseJson, type Value } from '@trellis/values'
import { type FileValue, filesOf, readFileAttribute, renderTemplate, type Variable, type VariableReader } from '@trellis/variables'
import type { Condition, FileConditions, LogicalOperator } from './condition.ts'
import { ConditionError, isUnary, type Operator, passes } from './operators.ts'

export interface Verdict {
  readonly isMet: boolean
  /** Of each condition that was looked at: once the answer is certain, the others are not. */
  readonly results: readonly boolean[]
  /** What was compared, for the trace. */
  readonly comparisons: readonly Dict[]
}

/** Asks conditions one after the other. @throws ConditionError, also where a variable does not exist, whatever the operator */
export function evaluate(conditions: readonly Condition[], logicalOperator: LogicalOperator, variables: VariableReader): Verdict {
  const isAnd = logicalOperator === 'and'
  const results: boolean[] = []
  const comparisons: Dict[] = []
  for (const condition of conditions) {
    const result = ask(condition, variables, comparisons)
    results.push(result)
    if (result !== isAnd) return { isMet: !isAnd, results, comparisons }
  }
  return { isMet: isAnd, results, comparisons }
}

function ask({ selector, operator, expected, files }: Condition, variables: VariableReader, comparisons: Dict[]): boolean {
  const variable = variables.get(selector)
  if (!variable) {
    throw new ConditionError(
      `The variable "${selector.join('.')}" of a condition is not there. Does the node that makes it run before this one?`,
    )
  }
  const { value } = variable
  if (variable.type === 'array[file]' && (operator === 'contains' || operator === 'not contains' || operator === 'all of')) {
    if (!files) throw new ConditionError(`"${operator}" on a list of files needs conditions on their attributes.`)
    return askFiles(filesOf(isList(value) ? value : []), files)
  }
  if (operator === 'exists' || operator === 'not exists') return passes(operator, value, null)
  const wanted = expected.type === 'template' ? renderTemplate(expected.template, variables, 'text') : expected.value
  const compared = inKind(variable, operator, wanted)
  comparisons.push({ actual_value: value, expected_value: compared, comparison_operator: operator })
  return passes(operator, value, compared)
}

/**
 * What booleans are compared with is read as booleans: texts as JSON, numbers by whether they are zero. Dify fails where that cannot
 * be done even if the operator compares with nothing (`empty` beside an empty text); here such an operator is simply answered.
 */
function inKind({ type }: Variable, operator: Operator, expected: Value): Value {
  if ((type !== 'boolean' && type !== 'array[boolean]') || expected === null) return expected
  const read = (value: Value): Value => toBoolean(value) ?? (isUnary(operator) ? value : refuse(value))
  return isList(expected) ? expected.map(read) : read(expected)
}

function toBoolean(value: Value): boolean | undefined {
  const read = typeof value === 'string' ? readJson(value) : value
  if (typeof read === 'boolean') return read
  return read !== undefined && isNumber(read) ? isTruthy(read) : undefined
}

function refuse(value: Value): never {
  throw new ConditionError(`A boolean is compared with "${String(value)}"; write true or false.`)
}

function readJson(text: string): Value | undefined {
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}

/** A test counts where some file passes it; one that denies (`not …`) where all do. */
function askFiles(files: readonly FileValue[], { conditions, logicalOperator }: FileConditions): boolean {
  const test = ({ key, operator, expected }: FileConditions['conditions'][number]): boolean => {
    const one = (file: FileValue): boolean => passes(operator, attributeOf(file, key), expected)
    return operator.includes('not') ? files.every(one) : files.some(one)
  }
  return logicalOperator === 'and' ? conditions.every(test) : conditions.some(test)
}

function attributeOf(file: FileValue, key: string): Value {
  const value = readFileAttribute(file, key)
  if (value === undefined) throw new ConditionError(`Files have no attribute "${key}".`)
  return key === 'extension' && typeof value === 'string' && !isEqual(value, '') && !value.startsWith('.') ? `.${value}` : value
}
