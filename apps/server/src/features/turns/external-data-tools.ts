import { z } from 'zod'
import type { BasicConfig, FormField } from './basic-config.ts'

/** A text that the app fetches itself before its prompt is made, which fills a variable (workflow spec 1.8). */
export interface ExternalDataTool {
  readonly variable: string
  /** `api`, or a kind that is not known here. */
  readonly type: string
  /** Empty where none is named. */
  readonly extensionId: string
}

const toolSchema = z.looseObject({
  enabled: z.boolean().catch(false),
  variable: z.string(),
  type: z.string().catch(''),
  config: z.looseObject({ api_based_extension_id: z.string().catch('') }).catch({ api_based_extension_id: '' }),
})

function readTool(stored: unknown): readonly ExternalDataTool[] {
  const { data: tool } = toolSchema.safeParse(stored)
  return tool?.enabled ? [{ variable: tool.variable, type: tool.type, extensionId: tool.config.api_based_extension_id }] : []
}

/** A field of the form may be one: Dify's editor has them there. It is on unless it says that it is off. */
const readField = ({ type, kind, ...field }: FormField): readonly ExternalDataTool[] =>
  type === 'external_data_tool' && field.config ? readTool({ enabled: true, ...field, type: kind }) : []

/** Whether the app fills the field itself: nobody is asked for it. */
export const isFilledByApp = (field: FormField): boolean => readField(field).length > 0

/** Those that are switched on, each variable once: what a list and the form both have is one tool. */
export function readExternalDataTools({
  external_data_tools: tools,
  user_input_form: form,
}: Pick<BasicConfig, 'external_data_tools' | 'user_input_form'>): readonly ExternalDataTool[] {
  const all = [...(tools ?? []).flatMap(readTool), ...form.flatMap(readField)]
  return [...new Map(all.map((tool) => [tool.variable, tool])).values()]
}
