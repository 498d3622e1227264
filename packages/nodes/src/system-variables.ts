import type { Value } from '@trellis/values'
import type { VariableReader } from '@trellis/variables'

const names = [
  'query',
  'files',
  'conversation_id',
  'user_id',
  'dialogue_count',
  'app_id',
  'workflow_id',
  'workflow_run_id',
  'timestamp',
] as const

/** The system variables that there are, as triggers give them: `sys.timestamp` and so on. */
export function systemOutputs(variables: VariableReader): Record<string, Value> {
  const outputs: Record<string, Value> = {}
  for (const name of names) {
    const variable = variables.get(['sys', name])
    if (variable) outputs[`sys.${name}`] = variable.value
  }
  return outputs
}
