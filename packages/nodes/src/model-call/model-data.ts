import type { NodeRequirement } from '@trellis/spec'
import type { Dict } from '@trellis/values'
import { z } from 'zod'
import { selectorSchema, textSchema, valueSchema } from '../node-data.ts'

/** Pieces of `data` that the nodes which call models have in common (workflow spec 2.6). */

export const modelSchema = z.looseObject({
  provider: z.string(),
  name: z.string(),
  mode: z.enum(['chat', 'completion']).catch('chat'),
  completion_params: z
    .record(z.string(), valueSchema)
    .nullish()
    .transform((parameters) => parameters ?? {}),
})
export type ModelData = z.infer<typeof modelSchema>

const rolePrefixSchema = z.looseObject({ user: textSchema, assistant: textSchema })
export type RolePrefix = z.infer<typeof rolePrefixSchema>

export const memorySchema = z
  .looseObject({
    role_prefix: rolePrefixSchema.nullish(),
    window: z.looseObject({ enabled: z.boolean().catch(false), size: z.coerce.number().int().nullish().catch(null) }).nullish(),
    query_prompt_template: textSchema,
  })
  .nullish()

const SYSTEM_FILES = ['sys', 'files'] as const

const visionOptionsSchema = z.looseObject({
  variable_selector: selectorSchema.optional().transform((selector) => (selector?.length ? selector : SYSTEM_FILES)),
  detail: z.enum(['high', 'low']).catch('high'),
})

export const visionSchema = z
  .looseObject({ enabled: z.boolean().catch(false), configs: visionOptionsSchema.nullish() })
  .nullish()
  .transform((vision) => ({
    isEnabled: vision?.enabled ?? false,
    selector: vision?.configs?.variable_selector ?? SYSTEM_FILES,
    detail: vision?.configs?.detail ?? ('high' as const),
  }))
export type VisionData = z.infer<typeof visionSchema>

/** A node whose model nobody has chosen yet needs one all the same: its names are empty. */
export const requireModel = ({ provider, name }: ModelData): readonly NodeRequirement[] => [{ type: 'model', provider, model: name }]

/** The model of a new node: none yet. */
export const newModel = (): Dict => ({ provider: '', name: '', mode: 'chat', completion_params: { temperature: 0.7 } })
