import { z } from 'zod'

const sideSchema = z
  .looseObject({ enabled: z.boolean().catch(false), preset_response: z.string().nullish().catch(null) })
  .nullish()
  .catch(null)

const sectionSchema = z.looseObject({
  enabled: z.boolean().catch(false),
  type: z.string().nullish().catch(null),
  config: z
    .looseObject({
      inputs_config: sideSchema,
      outputs_config: sideSchema,
      keywords: z.string().nullish().catch(null),
      api_based_extension_id: z.string().nullish().catch(null),
    })
    .nullish()
    .catch(null),
})

const configSchema = z.looseObject({ sensitive_word_avoidance: sectionSchema.nullish().catch(null) })

export interface ModerationConfig {
  readonly type: string
  /** Lower case, without those that say nothing. */
  readonly keywords: readonly string[]
  /** As they were written. */
  readonly keywordText: string
  /** Which API extension decides; empty where none is named. */
  readonly extensionId: string
  /** What is answered instead; undefined where that side is not looked at. */
  readonly inputs: string | undefined
  readonly outputs: string | undefined
}

/**
 * What of an app's configuration is about moderation (plugins-and-models 9); features of chatflows have it in the same form. Lenient, as
 * all that is stored. Undefined where it is off.
 */
export function readModeration(stored: object): ModerationConfig | undefined {
  const section = configSchema.parse(stored).sensitive_word_avoidance
  if (!section?.enabled) return undefined
  const { inputs_config: inputs, outputs_config: outputs, keywords, api_based_extension_id: extensionId } = section.config ?? {}
  const keywordText = keywords ?? ''
  return {
    type: section.type ?? '',
    keywords: keywordText.split('\n').flatMap((line) => line.trim().toLowerCase() || []),
    keywordText,
    extensionId: extensionId ?? '',
    inputs: inputs?.enabled ? (inputs.preset_response ?? '') : undefined,
    outputs: outputs?.enabled ? (outputs.preset_response ?? '') : undefined,
  }
}
