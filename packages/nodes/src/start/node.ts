import { type Dict, isDict, type Value } from '@trellis/values'
import { z } from 'zod'
import { defineNode } from '../define-node.ts'
import { valueSchema } from '../node-data.ts'

const variable = z.looseObject({
  variable: z.string(),
  type: z.string().catch('text-input'),
  required: z.boolean().catch(false),
  json_schema: valueSchema.optional(),
})

/**
 * Where a run of a user's begins (workflow spec 2.3). Its inputs have been checked and put under the node's name before the run
 * began; what remains is the shape of JSON inputs.
 */
export const startNode = defineNode(
  {
    type: 'start',
    executionClass: 'root',
    config: z.looseObject({ variables: z.array(variable).catch([]) }),
  },
  ({ nodeId, config, variables }) => {
    const inputs: Record<string, Value> = {}
    for (const { variable: name, type, required } of config.variables) {
      const value = variables.get([nodeId, name])?.value ?? null
      if (type === 'json_object') checkObject(name, value, required)
      inputs[name] = value
    }
    return { status: 'succeeded', inputs: inputs satisfies Dict, outputs: inputs }
  },
)

function checkObject(name: string, value: Value, isRequired: boolean): void {
  if (value === null && isRequired) throw new Error(`The input "${name}" is required.`)
  if (value !== null && !isDict(value)) throw new Error(`The input "${name}" must be a JSON object.`)
}
