import { AppError } from '@trellis/contracts'
import { newId } from '@trellis/kit'
import type { Value } from '@trellis/values'
import { toConversation } from '../conversation-variables.ts'
import { type LaunchDependencies, launchRun } from '../launch-run.ts'
import type { StartedWorkflow } from '../workflow-runs.service.ts'
import { keepTrial, type TrialDependencies } from './keep-trial.ts'
import { type GroundDependencies, type PartRequest, prepareGround, type TrialGround } from './trial-ground.ts'

export interface Trials {
  /** What a run of a part begins with. @throws what `prepareGround` throws */
  prepare(request: PartRequest): Promise<TrialGround>
  /**
   * Runs a part of a draft with what its variables hold. `single-step`: one node, with what is inside it; `debugging`: a node and what
   * follows.
   * @throws what `prepareGround` throws; AppError `invalid_param` for nodes of another type than `types`, and for forms
   */
  start(request: PartRequest, how: TrialKind): Promise<StartedWorkflow>
}

export interface TrialKind {
  readonly triggeredFrom: 'single-step' | 'debugging'
  /** Undefined: any but those that wait for people. */
  readonly type?: string
}

export function createTrials(dependencies: LaunchDependencies & TrialDependencies & GroundDependencies): Trials {
  return {
    prepare: (request) => prepareGround(dependencies, request),
    async start(request, { triggeredFrom, type }) {
      const ground = await prepareGround(dependencies, request)
      if (type !== undefined && ground.rootType !== type) {
        throw new AppError('invalid_param', { message: `The node "${request.nodeId}" is of the type "${ground.rootType}", not "${type}".` })
      }
      if (triggeredFrom === 'single-step' && ground.rootType === 'human-input') {
        throw new AppError('invalid_param', {
          message: 'A form alone asks nobody. Run the draft from this node on (start_node_id), and answer the form there.',
          refusal: { reason: 'form_alone', values: {} },
        })
      }
      return launchTrial(dependencies, ground, { ...request, triggeredFrom })
    },
  }
}

async function launchTrial(
  dependencies: LaunchDependencies & TrialDependencies,
  { owner, workflow, rootId, inputs, variables, held, ...ground }: TrialGround,
  { app, accountId, triggeredFrom }: Pick<PartRequest, 'app' | 'accountId'> & Pick<TrialKind, 'triggeredFrom'>,
): Promise<StartedWorkflow> {
  const now = dependencies.clock.now()
  const ids = { run: newId(), task: newId() }
  const system: Record<string, Value> = { ...ground.system, workflow_run_id: ids.run, timestamp: Math.floor(now / 1000) }
  const conversationId = system['conversation_id']
  const channel = await launchRun(dependencies, {
    beginning: { workflow, rootId, inputs, system, conversation: toConversation(held), variables },
    held,
    facts: {
      tenantId: app.tenant_id,
      appId: app.id,
      workflowId: workflow.id,
      runId: ids.run,
      userId: accountId,
      invokeFrom: 'debugger',
      ...(typeof conversationId === 'string' ? { conversationId } : {}),
      callDepth: 0,
    },
    run: {
      kind: 'workflow',
      task_id: ids.task,
      conversation_id: null,
      message_id: null,
      created_at: now,
      triggered_from: triggeredFrom,
    },
    asker: { endUserId: null, accountId, apiKeyId: null },
    companion: keepTrial(dependencies, { owner, runId: ids.run, graph: workflow.graph, system }),
  })
  return { channel, runId: ids.run, taskId: ids.task, workflowId: workflow.id, createdAtMs: now }
}
