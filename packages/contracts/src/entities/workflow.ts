import { z } from 'zod'
import { jsonObject, orNull, timestamp, uuid } from '../common/wire.ts'
import { accountReferenceSchema } from './account.ts'

/** A variable of a workflow's; keys that we do not know stay. Values of secrets read as `[__HIDDEN__]`, and that keeps the stored one. */
const workflowVariableSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  value_type: z.string(),
  value: z.unknown(),
  description: z.string().default(''),
})

/** One version of a workflow, or its draft (service-api 7.3). */
export const workflowSchema = z.object({
  id: uuid,
  /** Nodes, edges and viewport, as the editor or the app file wrote them. */
  graph: jsonObject,
  features: jsonObject,
  /** Names this state of the graph; opaque. */
  hash: z.string(),
  /** `draft`, or the time of publication. */
  version: z.string(),
  marked_name: z.string(),
  marked_comment: z.string(),
  created_by: orNull(accountReferenceSchema),
  created_at: timestamp,
  updated_by: orNull(accountReferenceSchema),
  updated_at: orNull(timestamp),
  tool_published: z.boolean().default(false),
  environment_variables: z.array(workflowVariableSchema),
  conversation_variables: z.array(workflowVariableSchema),
  rag_pipeline_variables: z.array(jsonObject).default([]),
})

/** What saving a draft answers. */
export const draftSavedSchema = z.object({ result: z.literal('success'), hash: z.string(), updated_at: timestamp })

/** What a version may be called. */
export const versionMarks = {
  marked_name: z.string().max(20, 'A name of a version takes at most 20 characters.').nullish(),
  marked_comment: z.string().max(100, 'A comment on a version takes at most 100 characters.').nullish(),
}
