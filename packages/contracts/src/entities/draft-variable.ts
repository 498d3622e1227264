import { z } from 'zod'
import { orNull, uuid } from '../common/wire.ts'

const head = {
  id: uuid,
  type: z.enum(['node', 'sys', 'conversation']),
  name: z.string(),
  description: z.string(),
  selector: z.array(z.string()),
  value_type: z.string(),
  /** Somebody has changed the value since a run left it. */
  edited: z.boolean(),
  visible: z.boolean(),
  /** The value is too large to be shown whole; `full_content` leads to it. */
  is_truncated: z.boolean(),
}

/** A variable as a list of all shows it. */
export const draftVariableHeadSchema = z.object(head)

/** What an editor's last runs left of a variable (`Var` of service-api 7.3). */
export const draftVariableSchema = z.object({
  ...head,
  value: z.unknown(),
  full_content: orNull(
    z.object({
      /** Of its JSON text. */
      size_bytes: z.number().int(),
      value_type: z.string(),
      /** Items of a list, characters of a text, keys of an object. */
      length: orNull(z.number().int()),
      download_url: z.string(),
    }),
  ),
})
export type DraftVariable = z.infer<typeof draftVariableSchema>
