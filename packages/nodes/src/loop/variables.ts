import { PythonError, parseJson, type Value } from '@trellis/values'
import { declareVariable, isArrayType, type Selector, TypeMismatchError, Variable, type VariableReader } from '@trellis/variables'
import { z } from 'zod'
import { selectorSchema, valueSchema } from '../node-data.ts'

const types = ['string', 'number', 'object', 'boolean', 'array[string]', 'array[number]', 'array[object]', 'array[boolean]'] as const

/** A variable of a loop: what it is called, and what it begins with. */
export interface LoopVariable {
  readonly label: string
  readonly type: (typeof types)[number]
  readonly initial: { readonly type: 'variable'; readonly selector: Selector } | { readonly type: 'constant'; readonly value: Value }
}

export const loopVariableSchema = z
  .looseObject({
    label: z.string(),
    var_type: z.enum(types),
    value_type: z.enum(['constant', 'variable']),
    value: valueSchema.nullish(),
  })
  .transform(
    ({ label, var_type, value_type, value }): LoopVariable => ({
      label,
      type: var_type,
      initial:
        value_type === 'constant'
          ? { type: 'constant', value: value ?? null }
          : { type: 'variable', selector: selectorSchema.parse(value) },
    }),
  )

/** A loop that cannot begin; the message is for people. */
export class LoopError extends Error {
  override readonly name = 'LoopError'
}

/** What the variable begins with. Its type is that of the value: an empty list is `array[any]`, as in Dify. @throws LoopError */
export function initialVariable({ label, type, initial }: LoopVariable, variables: VariableReader): Variable {
  if (initial.type === 'constant') return new Variable(readConstant(label, type, initial.value))
  const found = variables.get(initial.selector)
  if (!found) throw new LoopError(`The loop variable "${label}" begins with "${initial.selector.join('.')}", which is not there.`)
  return new Variable(found.value)
}

/** Lists are written as JSON; of other types, a text that is none of them is read as JSON too. */
function readConstant(label: string, type: LoopVariable['type'], value: Value): Value {
  if (isArrayType(type)) return typeof value === 'string' && value !== '' ? readJson(label, type, value) : []
  try {
    return declareVariable(type, value).value
  } catch (error) {
    if (!(error instanceof TypeMismatchError)) throw error
    if (typeof value !== 'string') throw misfit(label, type)
    return readJson(label, type, value)
  }
}

function readJson(label: string, type: LoopVariable['type'], text: string): Value {
  try {
    return declareVariable(type, parseJson(text)).value
  } catch (error) {
    if (!(error instanceof TypeMismatchError || error instanceof PythonError)) throw error
    throw misfit(label, type)
  }
}

const misfit = (label: string, type: string): LoopError => new LoopError(`The value of the loop variable "${label}" is no ${type}.`)
