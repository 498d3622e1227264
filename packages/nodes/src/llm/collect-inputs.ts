import type { Dict, Value } from '@trellis/values'
import { obfuscate, parseTemplate, type Selector, selectorsOf, type Variable, type VariableReader } from '@trellis/variables'
import { NodeError } from '../model-call/node-error.ts'
import { type LlmConfig, promptSelectors } from './config.ts'

/** The variables of the prompt, which must all be there (workflow spec 2.6). @throws NodeError `VariableNotFoundError` */
export function collectInputs(config: LlmConfig, variables: VariableReader): Dict {
  const inputs: Record<string, Value> = {}
  const read = (name: string, selector: Selector): Variable => {
    const variable = variables.get(selector)
    if (variable) return variable
    throw new NodeError(
      'VariableNotFoundError',
      `The variable ${name} was not found. Check that the node it comes from runs before this one.`,
    )
  }
  const readNamed = (selector: Selector): void => {
    const name = `#${selector.join('.')}#`
    inputs[name] = shown(read(name, selector))
  }
  promptSelectors(config).forEach(readNamed)
  selectorsOf(parseTemplate(config.memory?.query_prompt_template ?? '')).forEach(readNamed)
  for (const { variable, value_selector } of config.jinjaVariables) inputs[variable] = shown(read(variable, value_selector))
  return inputs
}

/** As records may show it. */
function shown({ value, type }: Variable): Value {
  return type === 'secret' && typeof value === 'string' ? obfuscate(value) : (value ?? '')
}
