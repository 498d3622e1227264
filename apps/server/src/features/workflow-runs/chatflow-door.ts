import type { AppsTable } from '@trellis/db'
import type { Value } from '@trellis/values'
import type { FileValue } from '@trellis/variables'
import type { handled } from '../../http/mount.ts'
import type { AppRuns, ChatflowAnswer, ChatflowCall, ChatflowDoor, RespondDependencies } from '../app-runs/index.ts'
import type { RunnableWorkflow, RunnableWorkflows } from '../workflows/index.ts'
import type { ChatflowRequest } from './chatflow-request.ts'
import { type Chatflows, showsSourcesOf } from './chatflows.service.ts'
import { type createInputFiles, systemFiles } from './input-files.ts'
import { respondWithChatflow, respondWithChatflowRun } from './respond-chatflow.ts'
import { allowedFiles, assertNamed } from './upload-rules.ts'
import { findWorkflowOfRun } from './workflow-runs.service.ts'

export interface ChatflowDoorDependencies {
  readonly appRuns: AppRuns
  readonly chatflows: Chatflows
  readonly workflows: RunnableWorkflows
  readonly respond: RespondDependencies
  readonly inputFiles: ReturnType<typeof createInputFiles>
}

/** Chatflows as the chat routes of all surfaces call them. */
export function createChatflowDoor(dependencies: ChatflowDoorDependencies): ChatflowDoor {
  const { workflows, respond } = dependencies
  return {
    async send(call) {
      const workflow = await findWorkflow(workflows, call.app, call.body.workflow_id)
      return answerMessage(dependencies, { ...call, workflow, triggeredFrom: 'app-run' })
    },
    async follow({ app, talker, run, detail, request, reply }) {
      const workflow = await findWorkflowOfRun(workflows, app, run)
      const showsSources = workflow !== undefined && showsSourcesOf(workflow)
      return respondWithChatflowRun(respond, { run, createdBy: talker.createdBy, showsSources, detail, request, reply })
    },
  }
}

export interface MessageCall extends ChatflowCall, Pick<ChatflowRequest, 'workflow' | 'triggeredFrom' | 'part'> {}

/** Answers a message with that graph, within the app's ceiling. @throws what starting it throws */
export async function answerMessage(
  { appRuns, chatflows, respond, inputFiles }: Omit<ChatflowDoorDependencies, 'workflows'>,
  { app, workflow, triggeredFrom, part, talker, body, invokeFrom, ask, detail, request, reply }: MessageCall,
): Promise<ChatflowAnswer | typeof handled> {
  const { endUserId, accountId, apiKeyId } = talker
  const resolveFiles = inputFiles({ tenantId: app.tenant_id, endUserId, accountId })
  const { started, run } = await appRuns.beginOnce(ask, (claim) =>
    appRuns.startWithin({ app, invokeFrom }, async () =>
      chatflows.start({
        app,
        workflow,
        // The body was read as JSON.
        inputs: body.inputs as Readonly<Record<string, Value>>,
        query: body.query,
        files: await resolveAttached(allowedFiles(workflow.features, body.files)),
        invokeFrom,
        triggeredFrom,
        asker: { endUserId, accountId, apiKeyId },
        userName: talker.name,
        resolveFiles,
        conversationId: body.conversation_id,
        parentMessageId: body.parent_message_id,
        autoGenerateName: body.auto_generate_name ?? false,
        claim,
        ...(part ? { part } : {}),
      }),
    ),
  )
  const { createdBy } = talker
  if (run) return respondWithChatflowRun(respond, { run, createdBy, showsSources: showsSourcesOf(workflow), detail, request, reply })
  return respondWithChatflow(respond, { started, createdBy, mode: body.response_mode, detail, request, reply })

  async function resolveAttached(files: ReturnType<typeof allowedFiles>): Promise<readonly FileValue[]> {
    // The resolver makes files, and reads the body's own form of them.
    const values = (await resolveFiles(files as Parameters<typeof resolveFiles>[0], systemFiles)) as readonly FileValue[]
    assertNamed(workflow.features, values)
    return values
  }
}

const findWorkflow = (workflows: RunnableWorkflows, app: AppsTable, versionId: string | null | undefined): Promise<RunnableWorkflow> =>
  versionId ? workflows.getVersion(app, versionId) : workflows.getPublished(app)
