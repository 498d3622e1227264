import { AppError, type Refusal, type RefusalReason } from '@trellis/contracts'
import type { ParameterRule } from '@trellis/spec'
import { type ParameterRuleInput, parameterTemplates } from './parameter-templates.ts'

/**
 * Completes rules from the templates that they name; what a rule states itself wins.
 * @throws TypeError where a rule names no known template and states no label and type itself: a fault of the catalogue
 */
export function expandParameterRules(rules: readonly ParameterRuleInput[]): readonly ParameterRule[] {
  return rules.map((rule) => {
    const template = rule.use_template === undefined ? undefined : parameterTemplates[rule.use_template]
    if (rule.use_template !== undefined && template === undefined) {
      throw new TypeError(`parameter ${rule.name} names the unknown template ${rule.use_template}`)
    }
    const label = rule.label ?? template?.label
    const type = rule.type ?? template?.type
    if (label === undefined || type === undefined) throw new TypeError(`parameter ${rule.name} has no label or no type`)
    return { required: false, options: [], ...template, ...rule, label, type }
  })
}

/**
 * Keeps what the rules know, in their types and bounds. Unknown names are dropped, so that settings made for one model
 * survive the change to another; absent ones stay absent unless required. A rule also takes the value stored under its template's
 * name (`max_tokens` for `max_output_tokens`).
 * @throws AppError `invalid_param` naming the parameter and what it accepts
 */
export function validateParameters(
  rules: readonly ParameterRule[],
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, number | string | boolean>> {
  const cleaned: Record<string, number | string | boolean> = {}
  for (const rule of rules) {
    const given = givenValue(rule, values)
    if (given !== undefined) {
      cleaned[rule.name] = checkValue(rule, given)
    } else if (rule.required) {
      if (rule.default === undefined) throw refuse(rule, 'is required', 'input_missing')
      cleaned[rule.name] = rule.default
    }
  }
  return cleaned
}

function givenValue(rule: ParameterRule, values: Readonly<Record<string, unknown>>): unknown {
  const own = Object.hasOwn(values, rule.name) ? values[rule.name] : undefined
  if (own !== undefined && own !== null) return own
  if (rule.use_template === undefined || !Object.hasOwn(values, rule.use_template)) return undefined
  return values[rule.use_template] ?? undefined
}

function checkValue(rule: ParameterRule, value: unknown): number | string | boolean {
  switch (rule.type) {
    case 'int':
    case 'float':
      return checkNumber(rule, value)
    case 'boolean':
      if (typeof value !== 'boolean') throw refuse(rule, 'must be true or false', 'input_switch')
      return value
    case 'string':
    case 'text':
      if (typeof value !== 'string') throw refuse(rule, 'must be a text', 'input_text')
      if (rule.options.length > 0 && !rule.options.includes(value)) {
        const offered = rule.options.join(', ')
        throw refuse(rule, `must be one of ${offered}`, 'input_choice', { offered })
      }
      return value
  }
}

function checkNumber(rule: ParameterRule, value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw refuse(rule, 'must be a number', 'input_number')
  if (rule.type === 'int' && !Number.isInteger(value)) throw refuse(rule, 'must be a whole number', 'input_whole')
  if ((rule.min !== undefined && value < rule.min) || (rule.max !== undefined && value > rule.max)) {
    throw refuse(rule, `must be ${boundsOf(rule)}, but is ${value}`, reasonOf(rule), { min: rule.min ?? 0, max: rule.max ?? 0, value })
  }
  return rule.type === 'float' && rule.precision !== undefined ? Number(value.toFixed(rule.precision)) : value
}

function boundsOf(rule: ParameterRule): string {
  if (rule.min === undefined) return `at most ${rule.max}`
  return rule.max === undefined ? `at least ${rule.min}` : `between ${rule.min} and ${rule.max}`
}

function reasonOf({ min, max }: ParameterRule): RefusalReason {
  if (min === undefined) return 'input_at_most'
  return max === undefined ? 'input_at_least' : 'input_between'
}

function refuse(rule: ParameterRule, what: string, reason: RefusalReason, values: Refusal['values'] = {}): AppError {
  const refusal = { reason, values: { field: rule.name, ...values } }
  return new AppError('invalid_param', { param: rule.name, message: `The model parameter ${rule.name} ${what}.`, refusal })
}
