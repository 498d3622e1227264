import type { ToolParameter } from '@trellis/spec'
import { str, type Value } from '@trellis/values'
import { parseTemplate, type Rendering, renderTemplate, type VariableReader } from '@trellis/variables'
import { type ParameterInputs, selectorOf } from '../tool-messages/parameter-input.ts'

/** A parameter that the tool needs has no value. */
export class MissingParameterError extends Error {
  override readonly name = 'MissingParameterError'
}

/** Values of parameters by name; as `log`, secrets are not told. @throws MissingParameterError */
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
    else if (input.type !== 'variable') resolved[name] = renderTemplate(parseTemplate(str(input.value)), variables, rendering)
    else {
      const selector = selectorOf(input)
      const variable = variables.get(selector)
      if (variable) resolved[name] = variable.value
      else if (parameter.isRequired) {
        throw new MissingParameterError(`The tool needs "${name}", but there is no variable ${selector.join('.')}.`)
      }
    }
  }
  return resolved
}
