import { z } from 'zod'
import { uuid } from '../common/wire.ts'

export const tagType = z.enum(['app', 'knowledge', 'snippet'])

/** A tag as what it is bound to shows it. */
export const tagSchema = z.object({ id: uuid, name: z.string(), type: tagType })

/** A tag in the list of tags (service-api 7.3). */
export const countedTagSchema = z.object({
  ...tagSchema.shape,
  /** How many it is bound to, as text. */
  binding_count: z.string(),
})
export type CountedTag = z.infer<typeof countedTagSchema>
