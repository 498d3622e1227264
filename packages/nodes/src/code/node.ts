import type { NodeFailure } from '@trellis/spec'
import { isDict, isList, PythonError, parseJson, typeName, type Value } from '@trellis/values'
import type { VariableReader } from '@trellis/variables'
import { z } from 'zod'
import { defineNode } from '../define-node.ts'
import { inputsOfNamed, type NamedSelectors, namedSelectorsSchema, readNamed } from '../node-data.ts'
import { checkOutputs } from './check-outputs.ts'
import { CodeOutputError } from './code-output-error.ts'
import { floatsFromExponents } from './exponents.ts'
import { newCode } from './new-code.ts'
import { outputSchema } from './output-schema.ts'

/** Runs somebody's function `main` in the sandbox, and holds what it returns against what the node declares (workflow spec 2.10). */
export const codeNode = defineNode(
  {
    type: 'code',
    defaults: newCode,
    canRetry: true,
    // The code reaches nothing that it could change.
    effect: () => 'idempotent',
    config: z.looseObject({
      code_language: z.enum(['python3', 'javascript']),
      code: z.string(),
      variables: namedSelectorsSchema,
      outputs: outputSchema.nullish(),
    }),
    inputs: ({ variables }) => inputsOfNamed(variables),
  },
  async ({ config, variables, services, signal }) => {
    const inputs = readInputs(config.variables, variables)
    const { code, code_language: language } = config
    const answer = await services.code.call({ language, code, inputs }, signal)
    const record = { inputs, metadata: { sandbox: answer.mechanism } }
    if (!answer.ok) return { status: 'failed', error: answer.error, errorType: answer.errorType, ...record }
    try {
      const result = floatsFromExponents(readResult(answer.resultJson))
      return { status: 'succeeded', outputs: checkOutputs(result, config.outputs ?? undefined, services.limits), ...record }
    } catch (error) {
      return { ...toFailure(error), ...record }
    }
  },
)

/** An empty list of files is none at all. */
function readInputs(named: NamedSelectors, variables: VariableReader): Record<string, Value> {
  const inputs = readNamed(named, variables)
  for (const { variable, value_selector } of named) {
    const found = variables.get(value_selector)
    if (found?.type === 'array[file]' && isList(found.value) && found.value.length === 0) inputs[variable] = null
  }
  return inputs
}

function readResult(json: string): { readonly [name: string]: Value } {
  const result = parseJson(json)
  if (isDict(result)) return result
  const remedy = 'Let it return an object whose keys are the outputs of the node.'
  throw new CodeOutputError('CodeExecutionError', `\`main\` returned a value of type ${typeName(result)}. ${remedy}`)
}

function toFailure(error: unknown): NodeFailure {
  if (error instanceof CodeOutputError) return { status: 'failed', error: error.message, errorType: error.errorType }
  if (error instanceof PythonError) {
    const message = `What \`main\` returned cannot be read as JSON: ${error.message}.`
    return { status: 'failed', error: message, errorType: 'CodeExecutionError' }
  }
  throw error
}
