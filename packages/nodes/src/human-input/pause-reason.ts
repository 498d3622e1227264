import type { PauseReason } from '@trellis/spec'
import { type Dict, isList, str, type Value } from '@trellis/values'
import type { VariableReader } from '@trellis/variables'
import type { FormInput, HumanInputConfig } from './config.ts'

const HOUR_MS = 3_600_000

/** What is asked: the form with everything that comes from variables filled in. */
export function pauseReasonOf(config: HumanInputConfig, formContent: string, variables: VariableReader): PauseReason {
  return {
    type: 'human-input',
    formContent,
    inputs: config.inputs.map((input) => withOptions(input, variables)),
    actions: config.user_actions.map(({ id, title, button_style }) => ({ id, title, buttonStyle: button_style })),
    resolvedDefaults: resolveDefaults(config.inputs, variables),
    timeoutMs: config.timeout * (config.timeout_unit === 'day' ? 24 : 1) * HOUR_MS,
    deliveryMethods: config.delivery_methods,
  }
}

/** Options that a variable holds stand in the input as constant ones would. */
function withOptions(input: FormInput, variables: VariableReader): Dict {
  // The schema lets nothing but JSON through.
  const declared = input as Dict
  if (input.type !== 'select' || input.option_source.type === 'constant') return declared
  const options = variables.get(input.option_source.selector)?.value
  // As above.
  return { ...declared, option_source: { ...input.option_source, value: isList(options) ? options.map(str) : [] } as Dict }
}

function resolveDefaults(inputs: readonly FormInput[], variables: VariableReader): Dict {
  const defaults: Record<string, Value> = {}
  for (const input of inputs) {
    if ((input.type !== 'paragraph' && input.type !== 'text-input') || input.default?.type !== 'variable') continue
    const variable = variables.get(input.default.selector)
    if (variable) defaults[input.output_variable_name] = variable.value
  }
  return defaults
}
