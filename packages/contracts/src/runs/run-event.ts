import { z } from 'zod'
import { annotationReplySchema, moderatedSideSchema } from '../entities/message.ts'
import { refusalSchema } from '../errors/refusal.ts'
import { usageSchema } from './usage.ts'
import { waitingFormSchema, workflowEventSchemas } from './workflow-event.ts'

export const latencyLedgerSchema = z.object({
  /** From the request's arrival until the run was accepted (rows written). */
  queueMs: z.number(),
  /** Our own work: prompt assembly, translation. */
  engineMs: z.number(),
  /** Waits for the database, but for the last: the ledger is part of the write that ends the run, and cannot hold how long that takes. */
  databaseMs: z.number(),
  /** From the call to the provider's first byte of answer text. */
  providerFirstTokenMs: z.number(),
  providerStreamMs: z.number(),
  /** Until the end of the run went to the database. */
  totalMs: z.number(),
})
export type LatencyLedger = z.infer<typeof latencyLedgerSchema>

/** Text for the caller. In workflows it says what it is taken from. */
const textDeltaSchema = z.object({
  type: z.literal('text-delta'),
  text: z.string(),
  /** The selector that it shows. */
  from: z.array(z.string()).optional(),
  nodeId: z.string().optional(),
  iterationId: z.string().optional(),
  loopId: z.string().optional(),
})

const workflowTotals = {
  totalSteps: z.number().int(),
  exceptionsCount: z.number().int(),
  usage: usageSchema.optional(),
  elapsedMs: z.number(),
  atMs: z.number(),
}

const workflowEndSchema = z.object({
  type: z.literal('workflow-end'),
  /** `interrupted`: the process that executed it is gone, and it cannot go on. */
  status: z.enum(['succeeded', 'partial-succeeded', 'failed', 'stopped', 'interrupted']),
  outputs: z.record(z.string(), z.unknown()),
  error: z.string().optional(),
  /** Of a failure that has a code. */
  code: z.string().optional(),
  ledger: latencyLedgerSchema.optional(),
  /** Of chatflows: an annotation answered, and the graph did not run. */
  annotationReply: annotationReplySchema.optional(),
  /** Of chatflows. */
  moderated: moderatedSideSchema.optional(),
  ...workflowTotals,
})
export type WorkflowEndEvent = z.infer<typeof workflowEndSchema>

/**
 * What happens in a run, in the order in which it happened: the journal's own vocabulary (version 1).
 * Every event has an offset, its position in the run counted from 0. Dify's frames are translations of these, made at the edge.
 */
export const runEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('run-start'),
    createdAtMs: z.number(),
    /** Of workflows: what it began or went on with. */
    workflowId: z.string().optional(),
    inputs: z.record(z.string(), z.unknown()).optional(),
    reason: z.enum(['initial', 'resumption']).optional(),
  }),
  textDeltaSchema,
  z.object({ type: z.literal('reasoning-delta'), text: z.string(), nodeId: z.string().optional(), isFinal: z.boolean().optional() }),
  ...workflowEventSchemas,
  /** The text so far is replaced (moderation, or the truth after an interruption). */
  z.object({ type: z.literal('text-replace'), text: z.string(), reason: z.string() }),
  z.object({
    type: z.literal('run-end'),
    usage: usageSchema,
    ledger: latencyLedgerSchema,
    isStopped: z.boolean(),
    /** There was no room for the rest: the model came to its limit of tokens. */
    isCut: z.boolean().optional(),
    annotationReply: annotationReplySchema.optional(),
  }),
  /** A workflow's end, however it came. */
  workflowEndSchema,
  /** Nothing goes on until somebody answers; a later life of the run does. */
  z.object({
    type: z.literal('run-pause'),
    ...workflowTotals,
    outputs: z.record(z.string(), z.unknown()),
    forms: z.array(waitingFormSchema),
  }),
  z.object({
    type: z.literal('run-error'),
    code: z.string(),
    message: z.string(),
    status: z.number(),
    /** What the message says, for whoever words it in another language. */
    details: refusalSchema.optional(),
  }),
])
export type RunEvent = z.infer<typeof runEventSchema>
export type RunPauseEvent = Extract<RunEvent, { readonly type: 'run-pause' }>

/** Nothing follows. (Behind a pause there may be another life.) */
export const isTerminalEvent = (event: RunEvent): boolean =>
  event.type === 'run-end' || event.type === 'run-error' || event.type === 'workflow-end'
