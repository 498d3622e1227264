import type { VariableUpdate } from '@trellis/spec'
import { type Dict, isList, type Value } from '@trellis/values'
import { isArrayType, Variable, type VariableReader, zeroOf } from '@trellis/variables'
import { z } from 'zod'
import { defineNode } from '../define-node.ts'
import { selectorSchema } from '../node-data.ts'

const config = z.looseObject({
  assigned_variable_selector: selectorSchema,
  write_mode: z.enum(['over-write', 'append', 'clear']),
  input_variable_selector: selectorSchema,
})
type Config = z.infer<typeof config>

/** Changes a variable of the conversation or of a loop: the first version, with one change (workflow spec 2.13). */
export const assignerNode = defineNode(
  {
    type: 'assigner',
    version: '1',
    config,
    inputs: ({ assigned_variable_selector: target, input_variable_selector: source }) => ({
      [`#${target.join('.')}#`]: target,
      ...(source.length > 0 ? { [`#${source.join('.')}#`]: source } : {}),
    }),
    assigns: ({ assigned_variable_selector: target }) => [target],
  },
  ({ config: data, variables }) => {
    const selector = data.assigned_variable_selector
    const target = read(variables, selector)
    // A variable keeps its type, whatever is written over it.
    const given = data.write_mode === 'clear' ? undefined : read(variables, data.input_variable_selector).value
    const variable = new Variable(change(data, target, given), target.type)
    return {
      status: 'succeeded',
      inputs: { value: given ?? variable.value },
      processData: { __updated_variables: [describeUpdate({ selector, variable })] },
      outputs: {},
      updates: [{ selector, variable }],
    }
  },
)

function change({ write_mode: mode, assigned_variable_selector: selector }: Config, target: Variable, given: Value = null): Value {
  switch (mode) {
    case 'clear': {
      const zero = zeroOf(target.type)
      if (zero === undefined) throw new Error(`The variable "${selector.join('.')}" (${target.type}) cannot be cleared.`)
      return zero
    }
    case 'append':
      if (!isArrayType(target.type) || !isList(target.value)) {
        throw new Error(`Nothing can be appended to "${selector.join('.')}": it is no list but ${target.type}.`)
      }
      return [...target.value, given]
    case 'over-write':
      return given
  }
}

function read(variables: VariableReader, selector: readonly string[]): Variable {
  const variable = variables.get(selector)
  if (!variable) throw new Error(`The variable "${selector.join('.')}" is not there.`)
  return variable
}

/** A change as Dify's trace has it, and as draft variables are kept by it. */
const describeUpdate = ({ selector, variable }: VariableUpdate): Dict => ({
  name: selector.at(-1) ?? '',
  selector: [...selector],
  value_type: variable.type,
  new_value: variable.value,
})
