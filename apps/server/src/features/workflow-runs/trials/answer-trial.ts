import { AppError, type FileInput } from '@trellis/contracts'
import type { AppsTable } from '@trellis/db'
import type { Dict, Value } from '@trellis/values'
import type { FileValue } from '@trellis/variables'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AccountActor } from '../../../http/actor.ts'
import type { handled } from '../../../http/mount.ts'
import type { RunnableWorkflow } from '../../workflows/index.ts'
import type { WorkflowRouteDependencies } from '../answer-run.ts'
import { answerMessage } from '../chatflow-door.ts'
import type { Chatflows } from '../chatflows.service.ts'
import { systemFiles } from '../input-files.ts'
import { respondWithWorkflow } from '../respond.ts'
import type { StartedWorkflow } from '../workflow-runs.service.ts'
import type { PartRequest } from './trial-ground.ts'
import type { Trials } from './trials.service.ts'
import { fromNode, isInContainer, onlyNode } from './trim-graph.ts'

export interface TrialAnswerDependencies extends Pick<WorkflowRouteDependencies, 'appRuns' | 'respond' | 'inputFiles'> {
  readonly trials: Trials
}

interface TrialBody {
  readonly inputs: Readonly<Record<string, unknown>>
  readonly query?: string | null | undefined
  readonly files: readonly FileInput[]
}

export interface NodeCall {
  readonly app: AppsTable
  readonly actor: AccountActor
  readonly nodeId: string
  readonly body: TrialBody
}

/** Runs one node, which must be of that type where one is named. */
export function startNode(
  dependencies: TrialAnswerDependencies,
  { type, ...call }: NodeCall & { readonly type?: string },
): Promise<StartedWorkflow> {
  const { appRuns, trials } = dependencies
  return appRuns.startWithin({ app: call.app, invokeFrom: 'debugger' }, async () =>
    trials.start(await toPart(dependencies, { ...call, trim: onlyNode }), {
      triggeredFrom: 'single-step',
      ...(type === undefined ? {} : { type }),
    }),
  )
}

interface Exchange {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** Runs a workflow's draft from a node on, and streams that. */
export async function answerFromNode(dependencies: TrialAnswerDependencies, { request, reply, ...call }: NodeCall & Exchange) {
  const { appRuns, trials, respond } = dependencies
  const started = await appRuns.startWithin({ app: call.app, invokeFrom: 'debugger' }, async () =>
    trials.start(await toPart(dependencies, { ...call, trim: fromHere }), { triggeredFrom: 'debugging' }),
  )
  return respondWithWorkflow(respond, {
    started,
    createdBy: toCreator(call.actor),
    mode: 'streaming',
    detail: 'shortened',
    request,
    reply,
  })
}

export interface TrialMessageCall extends Pick<NodeCall, 'app' | 'actor'>, Exchange {
  readonly body: TrialBody & {
    readonly query: string
    readonly conversation_id?: string | undefined
    readonly parent_message_id?: string | undefined
  }
}

type MessageDependencies = TrialAnswerDependencies & { readonly chatflows: Chatflows }

/** Answers a message of whoever tries a chatflow, with that graph. */
export async function answerTrialMessage(
  dependencies: MessageDependencies,
  { workflow, body, ...call }: TrialMessageCall & { readonly workflow: RunnableWorkflow },
): Promise<unknown | typeof handled> {
  if (body.query === '') throw new AppError('invalid_param', { message: 'query is required', param: 'query' })
  return answerMessage(dependencies, { ...toTrial(call), workflow, body: { ...body, response_mode: 'streaming' } })
}

/** Answers a message with a chatflow's draft from a node on; without a question the last one stands. */
export async function answerMessageFromNode(
  dependencies: MessageDependencies,
  { nodeId, body, ...call }: TrialMessageCall & Pick<NodeCall, 'nodeId'>,
): Promise<unknown | typeof handled> {
  const { app, actor } = call
  const ground = await dependencies.trials.prepare(await toPart(dependencies, { app, actor, nodeId, body, trim: fromHere }))
  const { query, files } = ground.system
  // What the ground has is a text and a list of files.
  const part = { ...ground, ...(body.files.length > 0 ? {} : { files: (files ?? []) as readonly FileValue[] }) }
  return answerMessage(dependencies, {
    ...toTrial(call),
    workflow: ground.workflow,
    part,
    body: { ...body, response_mode: 'streaming', query: typeof query === 'string' ? query : '' },
  })
}

/** A message of the account's own, told in full. */
const toTrial = <Call extends Pick<TrialMessageCall, 'actor'>>({ actor, ...call }: Call) =>
  ({
    ...call,
    talker: { endUserId: null, accountId: actor.accountId, apiKeyId: null, name: actor.accountId, createdBy: toCreator(actor) },
    invokeFrom: 'debugger',
    triggeredFrom: 'debugging',
    detail: 'shortened',
  }) as const

async function toPart(
  { inputFiles }: Pick<TrialAnswerDependencies, 'inputFiles'>,
  { app, actor: { accountId }, nodeId, body, trim }: NodeCall & Pick<PartRequest, 'trim'>,
): Promise<PartRequest> {
  const resolveFiles = inputFiles({ tenantId: app.tenant_id, endUserId: null, accountId })
  const files = body.files.length > 0 ? await resolveFiles(body.files as readonly Dict[], systemFiles) : undefined // as its contract says
  // The body was read as JSON.
  const inputs = body.inputs as Readonly<Record<string, Value>>
  return { app, accountId, nodeId, trim, inputs, query: body.query || undefined, files, resolveFiles }
}

/** @throws AppError `invalid_param` where the node is in a container, whose rounds cannot begin in their middle */
function fromHere(graph: Dict, nodeId: string): Dict | undefined {
  if (!isInContainer(graph, nodeId)) return fromNode(graph, nodeId)
  throw new AppError('invalid_param', {
    message: `The node "${nodeId}" is inside a container. Begin with the container, or run the node alone.`,
    param: 'start_node_id',
    refusal: { reason: 'node_in_container', values: {} },
  })
}

export const toCreator = ({ accountId, name, email }: AccountActor) => ({ id: accountId, name, email })
