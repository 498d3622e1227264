import { consoleWorkflowDraftRoutes as routes } from '@trellis/contracts'
import type { Dict } from '@trellis/values'
import type { AccountActor } from '../../http/actor.ts'
import { toSeconds } from '../../http/compat/seconds.ts'
import type { Mount } from '../../http/mount.ts'
import type { DraftService, SavedDraft } from './drafts.service.ts'
import { type AccountReferences, presentEnvironmentVariable, presentWorkflow } from './present-workflow.ts'
import type { WorkflowOwner } from './workflow-apps.ts'
import { fromColumns } from './workflow-document.ts'

export interface WorkflowRouteDependencies {
  readonly drafts: DraftService
  readonly accountsOf: (accountIds: readonly string[]) => Promise<AccountReferences>
}

export const toOwner = ({ tenantId, accountId }: AccountActor, params: { readonly app_id: string }): WorkflowOwner => ({
  tenantId,
  accountId,
  appId: params.app_id,
})

export const presentSaved = ({ hash, updatedAt }: SavedDraft) => ({ result: 'success' as const, hash, updated_at: toSeconds(updatedAt) })

type Json = Readonly<Record<string, unknown>>
// Bodies come out of JSON.parse, which makes nothing but values.
const toDict = (object: Json): Dict => object as Dict
const toDicts = (objects: readonly Json[]): readonly Dict[] => objects.map(toDict)

export function mountWorkflowDraftRoutes(mount: Mount, { drafts, accountsOf }: WorkflowRouteDependencies): void {
  mount(routes.getWorkflowDraft).to(async ({ actor, params }) => {
    const draft = await drafts.get(actor.tenantId, params.app_id)
    return presentWorkflow(draft, await accountsOf([draft.created_by, draft.updated_by]))
  })
  mount(routes.saveWorkflowDraft).to(async ({ actor, params, body }) => {
    const content = {
      graph: toDict(body.graph),
      features: toDict(body.features),
      environmentVariables: toDicts(body.environment_variables),
      conversationVariables: toDicts(body.conversation_variables),
    }
    return presentSaved(await drafts.save(toOwner(actor, params), content, body.hash ?? undefined))
  })
  mount(routes.saveWorkflowFeatures).to(async ({ actor, params, body }) => {
    await drafts.change(toOwner(actor, params), { features: toDict(body.features) })
    return { result: 'success' }
  })
  mount(routes.listEnvironmentVariables).to(async ({ actor, params }) => {
    const { environmentVariables } = fromColumns(await drafts.get(actor.tenantId, params.app_id))
    return { items: environmentVariables.map(presentEnvironmentVariable) }
  })
  mount(routes.saveEnvironmentVariables).to(async ({ actor, params, body }) => {
    await drafts.change(toOwner(actor, params), { environmentVariables: toDicts(body.environment_variables) })
    return { result: 'success' }
  })
  mount(routes.saveConversationVariables).to(async ({ actor, params, body }) => {
    await drafts.changeConversationVariables(toOwner(actor, params), toDicts(body.conversation_variables))
    return { result: 'success' }
  })
}
