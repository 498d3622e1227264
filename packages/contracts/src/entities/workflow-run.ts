import { z } from 'zod'
import { jsonObject, orNull, timestamp, uuid } from '../common/wire.ts'
import { accountReferenceSchema } from './account.ts'

export const workflowRunStatus = z.enum(['running', 'paused', 'succeeded', 'partial-succeeded', 'failed', 'stopped'])

/** Ours: what started a run, in a word: a trial, a visitor of the page, a program, or a trigger. */
const runOrigin = z.enum(['draft', 'page', 'api', 'webhook', 'schedule'])
export type RunOrigin = z.infer<typeof runOrigin>

/** An end user of the console's answers. */
const endUserReferenceSchema = z.object({
  id: uuid,
  type: z.string(),
  is_anonymous: z.boolean(),
  session_id: orNull(z.string()),
})

const totals = {
  status: workflowRunStatus,
  elapsed_time: z.number(),
  total_tokens: z.number().int(),
  total_steps: z.number().int(),
  exceptions_count: z.number().int(),
  created_at: timestamp,
  finished_at: orNull(timestamp),
}

/** A run as the logs list it (service-api 1.3). */
export const workflowLogSchema = z.object({
  id: uuid,
  workflow_run: z.object({ id: uuid, version: z.string(), triggered_from: orNull(z.string()), error: orNull(z.string()), ...totals }),
  details: orNull(jsonObject),
  created_from: z.string(),
  created_by_role: z.enum(['end_user', 'account']),
  created_by_account: orNull(accountReferenceSchema),
  created_by_end_user: orNull(endUserReferenceSchema),
  created_at: timestamp,
})
export type WorkflowLog = z.infer<typeof workflowLogSchema>

/** A run as the console lists it. */
export const workflowRunItemSchema = z.object({
  id: uuid,
  version: z.string(),
  ...totals,
  created_by_account: orNull(accountReferenceSchema),
  conversation_id: orNull(uuid),
  message_id: orNull(uuid),
  retry_index: z.number().int().default(0),
  started_from: runOrigin,
})
export type WorkflowRunItem = z.infer<typeof workflowRunItemSchema>

/** A run with all that went in and came out. */
export const workflowRunDetailSchema = z.object({
  id: uuid,
  version: z.string(),
  graph: orNull(jsonObject),
  inputs: jsonObject,
  outputs: jsonObject,
  error: orNull(z.string()),
  ...totals,
  /** Ours: the run that failed and in whose place this one went on. */
  retry_of: orNull(uuid),
  started_from: runOrigin,
  created_by_role: z.enum(['end_user', 'account']),
  created_by_account: orNull(accountReferenceSchema),
  created_by_end_user: orNull(endUserReferenceSchema),
})
export type WorkflowRunDetail = z.infer<typeof workflowRunDetailSchema>

/** One execution of a node, or an attempt that failed before it (`NodeRun` of service-api 7.3). */
export const nodeRunSchema = z.object({
  id: z.string(),
  /** Order of starts in the run, from 1. */
  index: z.number().int(),
  predecessor_node_id: orNull(z.string()),
  node_id: z.string(),
  node_type: z.string(),
  title: z.string(),
  inputs: orNull(jsonObject),
  process_data: orNull(jsonObject),
  outputs: orNull(jsonObject),
  status: z.enum(['running', 'paused', 'succeeded', 'failed', 'exception', 'stopped', 'retry']),
  error: orNull(z.string()),
  elapsed_time: z.number(),
  /** Ours: when it started, in unix milliseconds, so that executions can be shown beside each other. */
  started_at_ms: z.number().optional(),
  execution_metadata: orNull(jsonObject),
  extras: jsonObject.default({}),
  created_at: timestamp,
  finished_at: orNull(timestamp),
  created_by_role: z.enum(['end_user', 'account']),
  created_by_account: orNull(accountReferenceSchema),
  created_by_end_user: orNull(endUserReferenceSchema),
  inputs_truncated: z.boolean().default(false),
  outputs_truncated: z.boolean().default(false),
  process_data_truncated: z.boolean().default(false),
})
export type NodeRun = z.infer<typeof nodeRunSchema>
