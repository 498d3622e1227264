import { z } from 'zod'

export const inputControl = z.enum([
  'text-input',
  'paragraph',
  'select',
  'number',
  'checkbox',
  'file',
  'file-list',
  'json_object',
  'external_data_tool',
])
export type InputControl = z.infer<typeof inputControl>

export const inputFieldSchema = z.looseObject({
  label: z.string(),
  variable: z.string(),
  required: z.boolean().nullish(),
  default: z.unknown().optional(),
  /** In code points; for `file-list` the number of files. */
  max_length: z.number().int().nullish(),
  options: z.array(z.string()).nullish(),
  hide: z.boolean().nullish(),
  description: z.string().nullish(),
})
export type InputField = z.infer<typeof inputFieldSchema>

/** One field of an app's form: a single key, the control, whose value describes it. */
export const inputFormItemSchema = z.partialRecord(inputControl, inputFieldSchema)
export type InputFormItem = z.infer<typeof inputFormItemSchema>
