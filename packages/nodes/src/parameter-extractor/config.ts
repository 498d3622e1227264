import type { Dict, Value } from '@trellis/values'
import { z } from 'zod'
import { memorySchema, modelSchema, visionSchema } from '../model-call/model-data.ts'
import { selectorSchema, textSchema } from '../node-data.ts'

const RESERVED = ['__reason', '__is_success']

const parameterSchema = z
  .looseObject({
    name: z
      .string()
      .min(1)
      .refine((name) => !RESERVED.includes(name), { message: 'This name is reserved for an output of the node.' }),
    type: z.enum(['string', 'number', 'boolean', 'bool', 'select', 'array[string]', 'array[number]', 'array[object]', 'array[boolean]']),
    options: z.array(z.string()).nullish(),
    description: textSchema,
    required: z.boolean().catch(false),
  })
  .transform(({ name, type, options, description, required }) => ({
    name,
    type: toType(type),
    options: options ?? null,
    description,
    required,
  }))
export type Parameter = z.infer<typeof parameterSchema>

export type ParameterType = 'string' | 'number' | 'boolean' | 'array[string]' | 'array[number]' | 'array[object]' | 'array[boolean]'

/** Older names of types, and a choice, which is a text. */
function toType(type: ParameterType | 'bool' | 'select'): ParameterType {
  if (type === 'bool') return 'boolean'
  return type === 'select' ? 'string' : type
}

export const extractorConfig = z.looseObject({
  model: modelSchema,
  query: selectorSchema,
  parameters: z.array(parameterSchema),
  instruction: textSchema,
  memory: memorySchema,
  reasoning_mode: z.enum(['function_call', 'prompt']).catch('function_call'),
  vision: visionSchema,
})
export type ExtractorConfig = z.infer<typeof extractorConfig>

/** The item's type of a list's; undefined for what is none. */
export function itemTypeOf(type: ParameterType): 'string' | 'number' | 'object' | 'boolean' | undefined {
  switch (type) {
    case 'array[string]':
      return 'string'
    case 'array[number]':
      return 'number'
    case 'array[object]':
      return 'object'
    case 'array[boolean]':
      return 'boolean'
    default:
      return undefined
  }
}

/** The JSON schema of the parameters. */
export function toSchema(parameters: readonly Parameter[]): Dict {
  return {
    type: 'object',
    properties: Object.fromEntries(parameters.map((parameter) => [parameter.name, toParameterSchema(parameter)])),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
  }
}

function toParameterSchema({ type, description, options }: Parameter): Record<string, Value> {
  const item = itemTypeOf(type)
  return {
    description,
    ...(item === undefined ? { type } : { type: 'array', items: { type: item } }),
    ...(options?.length ? { enum: options } : {}),
  }
}
