import type { ToolParameter } from '@trellis/spec'
import { dumpJson, parseJson, type Value } from '@trellis/values'
import { parseTemplate, type Rendering, renderTemplate, type VariableReader } from '@trellis/variables'
import { type ParameterInput, type ParameterInputs, selectorOf } from '../tool-messages/parameter-input.ts'
import { resolveTools } from './resolve-tools.ts'

/** A variable that the strategy is to be given is not there. */
export class AgentParameterError extends Error {
  override readonly name = 'AgentParameterError'
}

/** Values of a strategy's parameters by name (workflow spec 2.20); as `log`, secrets are not told. @throws AgentParameterError */
export function resolveParameters(
  inputs: ParameterInputs,
  {
    parameters,
    variables,
    rendering,
  }: { readonly parameters: readonly ToolParameter[]; readonly variables: VariableReader; readonly rendering: Rendering },
): Readonly<Record<string, Value>> {
  const resolved: Record<string, Value> = {}
  for (const [name, input] of Object.entries(inputs)) {
    const parameter = parameters.find((each) => each.name === name)
    if (!parameter) resolved[name] = null
    else {
      const value = resolve(name, input, variables, rendering)
      resolved[name] = parameter.type === 'array[tools]' ? resolveTools(value, (selector) => read(name, selector, variables)) : value
    }
  }
  return resolved
}

function resolve(name: string, input: ParameterInput, variables: VariableReader, rendering: Rendering): Value {
  if (input.type === 'variable') return read(name, selectorOf(input), variables)
  if (typeof input.value === 'string') return renderTemplate(parseTemplate(input.value), variables, rendering)
  // References may stand anywhere in it.
  const text = renderTemplate(parseTemplate(dumpJson(input.value, { ensureAscii: false })), variables, rendering)
  try {
    return parseJson(text)
  } catch {
    return text
  }
}

function read(name: string, selector: readonly string[], variables: VariableReader): Value {
  const variable = variables.get(selector)
  if (!variable) throw new AgentParameterError(`The parameter "${name}" needs the variable ${selector.join('.')}, which is not there.`)
  return variable.value
}
