import type { AppsTable } from '@trellis/db'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AccountActor } from '../../http/actor.ts'
import { handled } from '../../http/mount.ts'
import type { RunnableWorkflow } from '../workflows/index.ts'
import { answerWithRun, type WorkflowRouteDependencies } from './answer-run.ts'
import { surfaceOfEditor } from './console.routes.ts'
import { runDraftNode } from './trials/draft-runs.routes.ts'
import type { WorkflowRunRequest } from './workflow-runs.service.ts'

export interface DraftRunCall {
  readonly app: AppsTable
  readonly workflow: RunnableWorkflow
  readonly actor: AccountActor
  readonly root: NonNullable<WorkflowRunRequest['root']>
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** Trials of a draft that an event begins. */
export interface DraftEventRuns {
  /** Answers with the run as a stream. */
  answer(call: DraftRunCall): Promise<typeof handled>
  /** Runs the node alone, to its end. */
  runNode(call: Omit<DraftRunCall, 'workflow' | 'request' | 'reply'>): ReturnType<typeof runDraftNode>
}

export const createDraftEventRuns = (dependencies: WorkflowRouteDependencies & Parameters<typeof runDraftNode>[0]): DraftEventRuns => ({
  async answer({ actor, ...call }) {
    const body = { inputs: {}, files: [] }
    await answerWithRun(dependencies, { ...call, surface: surfaceOfEditor(actor), body, mode: 'streaming' })
    return handled
  },
  runNode: ({ app, actor, root }) => runDraftNode(dependencies, { app, actor, nodeId: root.id, body: { inputs: root.event, files: [] } }),
})
