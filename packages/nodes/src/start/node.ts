import { type Dict, isDict, isTruthy, type Value } from '@trellis/values'
import { z } from 'zod'
import { defineNode } from '../define-node.ts'
import { valueSchema } from '../node-data.ts'
import { compileSchema, type SchemaCheck } from './json-schema.ts'

const variable = z
  .looseObject({
    variable: z.string(),
    type: z.string().catch('text-input'),
    required: z.boolean().catch(false),
    json_schema: valueSchema.nullish(),
  })
  .transform(({ variable: name, type, required, json_schema: schema }, context) => {
    const isJson = type === 'json_object'
    let check: SchemaCheck | undefined
    try {
      check = isJson ? compileSchema(schema ?? null) : undefined
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      context.addIssue({ code: 'custom', message: `the JSON schema of "${name}" is not valid: ${reason}` })
    }
    return { name, isJson, isRequired: required, check }
  })
type StartVariable = z.infer<typeof variable>

/**
 * Where a run of a user's begins (workflow spec 2.3). Its inputs have been checked and put under the node's name before the run
 * began; what remains is the shape of JSON inputs.
 */
export const startNode = defineNode(
  {
    type: 'start',
    executionClass: 'root',
    defaults: () => ({ variables: [] }),
    config: z.looseObject({ variables: z.array(variable).nullish() }).transform(({ variables }) => variables ?? []),
  },
  ({ nodeId, config, variables }) => {
    const inputs: Record<string, Value> = {}
    for (const declared of config) {
      const value = variables.get([nodeId, declared.name])?.value ?? null
      if (declared.isJson) checkJson(declared, value)
      inputs[declared.name] = value
    }
    return { status: 'succeeded', inputs: inputs satisfies Dict, outputs: inputs }
  },
)

/** What is empty passes, unless it is missing where it is required. */
function checkJson({ name, isRequired, check }: StartVariable, value: Value): void {
  if (value === null && isRequired) throw new Error(`The input "${name}" is required.`)
  if (!isTruthy(value)) return
  if (value === null || !isDict(value)) throw new Error(`The input "${name}" must be a JSON object.`)
  const fault = check?.(value)
  if (fault !== undefined) throw new Error(`The input "${name}" does not fit its JSON schema: ${fault}`)
}
