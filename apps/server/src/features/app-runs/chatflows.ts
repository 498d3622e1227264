import type { FileInput, ResponseMode } from '@trellis/contracts'
import type { AppsTable, InvokeFrom } from '@trellis/db'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { toMetadata } from '../../http/compat/message-frames.ts'
import type { toPause } from '../../http/compat/pause-frames.ts'
import type { FrameDetail } from '../../http/compat/shown-values.ts'
import type { handled } from '../../http/mount.ts'
import type { Asker } from '../models/index.ts'
import type { Ask, RunRow } from '../runs/index.ts'

/** Who asks, as runs and answers name them. */
export interface Talker extends Asker {
  /** The end user's own name, or the account's id. */
  readonly name: string
  readonly createdBy: Readonly<Record<string, string>>
}

export const endUserAsTalker = (
  { id, session_id }: { readonly id: string; readonly session_id: string },
  apiKeyId: string | null,
): Talker => ({
  endUserId: id,
  accountId: null,
  apiKeyId,
  name: session_id,
  createdBy: { id, user: session_id },
})

interface Reading {
  readonly app: AppsTable
  readonly talker: Talker
  readonly detail: FrameDetail
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

export interface ChatflowCall extends Reading {
  readonly invokeFrom: InvokeFrom
  /** The name that the caller gave to it, where it may come again. */
  readonly ask?: Ask | undefined
  readonly body: {
    readonly inputs: Readonly<Record<string, unknown>>
    readonly query: string
    readonly files: readonly FileInput[]
    readonly response_mode: ResponseMode
    readonly conversation_id?: string | undefined
    readonly parent_message_id?: string | undefined
    readonly auto_generate_name?: boolean
    /** A published version; the one that callers get where absent. */
    readonly workflow_id?: string | null | undefined
  }
}

interface AnsweredMessage {
  readonly id: string
  readonly message_id: string
  readonly conversation_id: string
  readonly mode: 'advanced-chat'
  readonly answer: string
  readonly metadata: ReturnType<typeof toMetadata>
  readonly created_at: number
}

/** A chatflow's whole answer, or how far it is where it waits for people. */
export type ChatflowAnswer =
  | (AnsweredMessage & { readonly event: 'message'; readonly task_id: string })
  | (AnsweredMessage & {
      readonly event: 'workflow_paused'
      readonly task_id: string
      readonly workflow_run_id: string
      readonly data: AnsweredMessage & ReturnType<typeof toPause> & { readonly workflow_run_id: string; readonly status: 'paused' }
    })

/** What chat routes ask of whoever runs chatflows. */
export interface ChatflowDoor {
  /** Answers a message, whole or as a stream. @throws what starting it throws */
  send(call: ChatflowCall): Promise<ChatflowAnswer | typeof handled>
  /** Tells the events of a chatflow's run again. */
  follow(reading: Reading & { readonly run: RunRow }): Promise<typeof handled>
}
