import type { Dict } from '@trellis/values'
import { z } from 'zod'
import { selectorSchema, textSchema, valueSchema } from '../node-data.ts'

/** The data of a human input node (workflow spec 2.23). */

const kind = z.enum(['constant', 'variable'])
const sourceOf = <Value extends z.ZodType>(value: Value) =>
  z
    .looseObject({ type: kind, selector: selectorSchema.default([]), value })
    .refine(({ type, selector }) => type === 'constant' || selector.length >= 2, 'a variable needs a selector of two parts or more')

const named = { output_variable_name: z.string().min(1) }
const fileRules = {
  allowed_file_types: z.array(z.string()).default([]),
  allowed_file_extensions: z.array(z.string()).default([]),
  allowed_file_upload_methods: z.array(z.enum(['local_file', 'remote_url'])).default([]),
}

export const formInputSchema = z.discriminatedUnion('type', [
  z.looseObject({ type: z.enum(['paragraph', 'text-input']), ...named, default: sourceOf(textSchema).nullish() }),
  z.looseObject({
    type: z.literal('select'),
    ...named,
    option_source: sourceOf(
      z
        .array(z.string())
        .nullish()
        .transform((list) => list ?? []),
    ),
  }),
  z.looseObject({ type: z.literal('file'), ...named, ...fileRules }),
  z.looseObject({ type: z.literal('file-list'), ...named, ...fileRules, number_limits: z.number().int().min(0).default(0) }),
])
export type FormInput = z.infer<typeof formInputSchema>

/** An input as its node declared it. */
export const readFormInput = (declared: Dict): FormInput => formInputSchema.parse(declared)

const action = z.looseObject({
  id: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'an identifier')
    .max(20),
  title: z.string().max(100),
  button_style: z.enum(['primary', 'default', 'accent', 'ghost']).default('default'),
})

const isUnique = (names: readonly string[]): boolean => new Set(names).size === names.length

export const humanInputSchema = z.looseObject({
  delivery_methods: z.array(z.record(z.string(), valueSchema)).default([]),
  form_content: textSchema,
  inputs: z
    .array(formInputSchema)
    .refine((inputs) => isUnique(inputs.map((input) => input.output_variable_name)), 'two inputs have the same output variable')
    .default([]),
  user_actions: z
    .array(action)
    .refine((actions) => isUnique(actions.map(({ id }) => id)), 'two actions have the same id')
    .default([]),
  timeout: z.number().positive().default(36),
  timeout_unit: z.enum(['hour', 'day']).default('hour'),
})
export type HumanInputConfig = z.infer<typeof humanInputSchema>
