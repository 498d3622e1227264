import { z } from 'zod'

/** What keeps a configuration from its callers. `section` is any that has no code of its own. */
const obstacleCodes = [
  'field_shape',
  'field_control',
  'variable_name',
  'variable_twice',
  'variable_asked',
  'prompt_missing',
  'agents_later',
  'knowledge_later',
  'mode_later',
  'model_unknown',
  'model_locked',
  'section',
] as const

/** Ours: a reason with the names that its sentence needs, so that whoever shows it can say it in the reader's language. */
export const publishObstacleSchema = z.object({ code: z.enum(obstacleCodes), values: z.record(z.string(), z.string()) })
export type PublishObstacle = z.infer<typeof publishObstacleSchema>
