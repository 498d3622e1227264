import {
  type AuditAction,
  type AuditEntry,
  type BodyOf,
  consoleAccountRoutes,
  consoleAnnotationRoutes,
  consoleApiExtensionRoutes,
  consoleApiKeyRoutes,
  consoleAppConversionRoutes,
  consoleAppFileRoutes,
  consoleAppLimitRoutes,
  consoleAppRoutes,
  consoleBudgetRoutes,
  consoleMailedCodeRoutes,
  consoleMemberRoutes,
  consoleModelCredentialRoutes,
  consoleModelProviderRoutes,
  consoleModelRoutes,
  consoleOauthRoutes,
  consoleSiteRoutes,
  consoleTagRoutes,
  consoleTriggerRoutes,
  consoleWorkflowVersionRoutes,
  consoleWorkspaceRoutes,
  type ParamsOf,
  type QueryOf,
  type ResponseOf,
  type RouteContract,
} from '@trellis/contracts'

/** What an entry tells beside action and person. */
export interface Told {
  /** Where what came of it says what was done. */
  readonly action?: AuditAction
  /** Never a secret. */
  readonly details?: Readonly<Record<string, unknown>>
  /** Where it is not what the address names: an app that was made. */
  readonly appId?: string | undefined
  /** Those that were put on an app, or taken off. */
  readonly tagIds?: readonly string[]
  /** A key that was made. */
  readonly keyId?: string
  /** Where it is not the current one: a workspace that was made. */
  readonly tenantId?: string
  /** Of the person, wherever they belong: told in each of their workspaces. */
  readonly isOfAccount?: true
}

export interface AuditRule {
  readonly contract: RouteContract
  readonly action: AuditAction
  /** Undefined: this call is not worth an entry. */
  readonly tell: (call: Readonly<Record<Exclude<keyof CallOf<RouteContract>, 'credential'>, unknown>> & KnownBefore) => Told | undefined
}

export type TargetType = NonNullable<AuditEntry['target']>['type']

/** What was read before the call. */
export interface KnownBefore {
  /** That the body names by `credential_id`. */
  readonly credential: { readonly name: string; readonly isLast: boolean } | undefined
}

interface CallOf<T extends RouteContract> extends KnownBefore {
  readonly params: ParamsOf<T>
  readonly query: QueryOf<T>
  readonly body: BodyOf<T>
  readonly answer: ResponseOf<T>
}

function rule<T extends RouteContract>(
  contract: T,
  action: AuditAction,
  tell: (call: CallOf<T>) => Told | undefined = () => ({}),
): AuditRule {
  // The mount hands over what the contract's own schemas parsed and its handler gave.
  return { contract, action, tell: (call) => tell(call as CallOf<T>) }
}

const members = [
  rule(consoleMemberRoutes.inviteMembers, 'member.invite', ({ body, answer }) => ({
    details: {
      emails: answer.invitation_results.filter(({ status }) => status === 'success').map(({ email }) => email),
      role: body.role,
    },
  })),
  rule(consoleMemberRoutes.makeResetLink, 'member.make_reset_link'),
  rule(consoleMemberRoutes.updateMemberRole, 'member.change_role', ({ body }) => ({ details: { role: body.role } })),
  rule(consoleMemberRoutes.removeMember, 'member.remove'),
  rule(consoleMemberRoutes.leaveWorkspace, 'member.leave'),
  rule(consoleMemberRoutes.transferOwnership, 'workspace.transfer'),
  rule(consoleWorkspaceRoutes.createWorkspace, 'workspace.create', ({ body, answer }) => ({
    tenantId: answer.tenant.id,
    details: { name: body.name },
  })),
  rule(consoleWorkspaceRoutes.renameWorkspace, 'workspace.rename', ({ body }) => ({ details: { name: body.name } })),
]

const apps = [
  rule(consoleAppRoutes.createApp, 'app.create', ({ body, answer }) => ({ appId: answer.id, details: { mode: body.mode } })),
  rule(consoleAppConversionRoutes.convertToWorkflow, 'app.create', ({ answer }) => ({ appId: answer.new_app_id })),
  rule(consoleAppRoutes.copyApp, 'app.copy', ({ answer }) => ({ details: { copy: 'name' in answer ? answer.name : undefined } })),
  rule(consoleAppFileRoutes.importApp, 'app.import', ({ answer }) => ({ appId: answer.app_id ?? undefined })),
  rule(consoleAppFileRoutes.confirmImport, 'app.import', ({ answer }) => ({ appId: answer.app_id ?? undefined })),
  // Nothing is changed, but keys and passwords leave the workspace.
  rule(consoleAppFileRoutes.exportApp, 'app.export_secrets', ({ query }) => (query.include_secret ? {} : undefined)),
  rule(consoleAppRoutes.updateApp, 'app.change', ({ body }) => ({ details: { name: body.name } })),
  rule(consoleAppRoutes.renameApp, 'app.change', ({ body }) => ({ details: { name: body.name } })),
  rule(consoleAppRoutes.updateAppIcon, 'app.change'),
  rule(consoleAppLimitRoutes.updateAppLimits, 'app.change_limits'),
  rule(consoleAppRoutes.deleteApp, 'app.delete'),
  rule(consoleAppRoutes.publishModelConfig, 'app.publish'),
  rule(consoleWorkflowVersionRoutes.publishWorkflow, 'app.publish', ({ body }) => ({
    details: { version: body.marked_name || undefined },
  })),
  rule(consoleWorkflowVersionRoutes.restoreWorkflowVersion, 'app.restore_version'),
  rule(consoleWorkflowVersionRoutes.renameWorkflowVersion, 'app.name_version', ({ body }) => ({
    details: { version: body.marked_name || undefined },
  })),
  rule(consoleWorkflowVersionRoutes.deleteWorkflowVersion, 'app.delete_version'),
  rule(consoleAppRoutes.switchAppApi, 'app.switch_api', ({ body }) => ({ details: { enabled: body.enable_api } })),
  rule(consoleAppRoutes.switchAppSite, 'app.switch_site', ({ body }) => ({ details: { enabled: body.enable_site } })),
  rule(consoleTriggerRoutes.switchTrigger, 'app.switch_trigger', ({ body }) => ({ details: { enabled: body.enable_trigger } })),
  rule(consoleSiteRoutes.updateSite, 'app.change_site'),
  rule(consoleSiteRoutes.resetSiteCode, 'app.reset_site_code'),
  rule(consoleApiKeyRoutes.createAppApiKey, 'key.create', ({ answer }) => ({ keyId: answer.id })),
  rule(consoleApiKeyRoutes.deleteAppApiKey, 'key.delete'),
]

const annotations = [
  rule(consoleAnnotationRoutes.createAnnotation, 'annotation.create', ({ answer }) => ({ details: { question: answer.question } })),
  rule(consoleAnnotationRoutes.updateAnnotation, 'annotation.change', ({ answer }) => ({ details: { question: answer.question } })),
  rule(consoleAnnotationRoutes.deleteAnnotation, 'annotation.delete'),
  rule(consoleAnnotationRoutes.deleteAnnotations, 'annotation.delete'),
  rule(consoleAnnotationRoutes.importAnnotations, 'annotation.import', ({ answer }) => ({ details: { count: answer.record_count } })),
  rule(consoleAnnotationRoutes.switchAnnotationReply, 'annotation.switch_reply', ({ params, body }) => ({
    details: { enabled: params.action === 'enable', model: body.embedding_model_name || undefined },
  })),
  rule(consoleAnnotationRoutes.updateAnnotationSetting, 'annotation.switch_reply', ({ body }) => ({
    details: { threshold: body.score_threshold },
  })),
]

const keyName = ({ body }: { readonly body: { readonly name?: string | null | undefined } }): Told => ({
  details: { name: body.name || undefined },
})
/** A key by the name of before. */
const formerKeyName = ({ credential }: KnownBefore): Told => ({ details: { name: credential?.name } })
const modelName = ({ body }: { readonly body: { readonly model: string; readonly model_type: string } }): Told => ({
  details: { model: body.model, model_type: body.model_type },
})

const modelKeyName = ({ body, credential }: Parameters<typeof modelName>[0] & KnownBefore): Told => ({
  details: { ...modelName({ body }).details, name: credential?.name },
})

const toldOfBudget = ({ target, amount, period, stops, refuses_unpriced }: ResponseOf<typeof consoleBudgetRoutes.updateBudget>) => ({
  scope: target.type,
  name: 'name' in target ? (target.name ?? undefined) : undefined,
  amount: `$${amount}`,
  period,
  stops,
  refuses_unpriced,
})

const models = [
  rule(consoleModelProviderRoutes.createProviderCredentials, 'provider.add_key', keyName),
  rule(consoleModelProviderRoutes.updateProviderCredentials, 'provider.change_key', keyName),
  rule(consoleModelProviderRoutes.deleteProviderCredentials, 'provider.remove_key', formerKeyName),
  rule(consoleModelProviderRoutes.switchProviderCredentials, 'provider.switch_key', formerKeyName),
  rule(consoleModelProviderRoutes.shareLoadOfProviderCredentials, 'provider.share_key', ({ body, credential }) => ({
    details: { name: credential?.name, enabled: body.enabled },
  })),
  rule(consoleModelCredentialRoutes.createModelCredentials, 'model.add', ({ body, answer }) => ({
    ...(answer.is_new_model ? {} : { action: 'model.add_key' }),
    details: { ...modelName({ body }).details, name: body.name || undefined },
  })),
  rule(consoleModelCredentialRoutes.updateModelCredentials, 'model.change', modelKeyName),
  rule(consoleModelCredentialRoutes.deleteModelCredentials, 'model.remove_key', (call) => ({
    ...(call.credential?.isLast ? { action: 'model.remove' } : {}),
    ...modelKeyName(call),
  })),
  rule(consoleModelCredentialRoutes.switchModelCredentials, 'model.switch_key', modelKeyName),
  rule(consoleModelCredentialRoutes.shareLoadOfModelCredentials, 'model.share_key', ({ body, credential }) => ({
    details: { ...modelKeyName({ body, credential }).details, enabled: body.enabled },
  })),
  rule(consoleModelRoutes.addProviderModel, 'model.change', modelName),
  rule(consoleModelRoutes.removeProviderModel, 'model.remove', modelName),
  rule(consoleModelRoutes.enableModel, 'model.enable', modelName),
  rule(consoleModelRoutes.disableModel, 'model.disable', modelName),
  rule(consoleModelRoutes.setDefaultModels, 'model.choose_defaults', ({ body }) => ({
    details: { models: body.model_settings.flatMap(({ model }) => (model ? [model] : [])) },
  })),
]

const budgets = [
  rule(consoleBudgetRoutes.createBudget, 'budget.create', ({ answer }) => ({ details: toldOfBudget(answer) })),
  rule(consoleBudgetRoutes.updateBudget, 'budget.change', ({ body, answer }) => ({
    details: { ...toldOfBudget(answer), changed: Object.keys(body) },
  })),
  rule(consoleBudgetRoutes.deleteBudget, 'budget.delete'),
]

const extensions = [
  rule(consoleApiExtensionRoutes.createApiExtension, 'extension.create', ({ body }) => ({ details: { name: body.name } })),
  rule(consoleApiExtensionRoutes.updateApiExtension, 'extension.change', ({ body }) => ({ details: { name: body.name } })),
  rule(consoleApiExtensionRoutes.deleteApiExtension, 'extension.delete'),
]

const tags = [
  rule(consoleTagRoutes.createTag, 'tag.create', ({ body }) => ({ details: { name: body.name } })),
  rule(consoleTagRoutes.renameTag, 'tag.rename', ({ body }) => ({ details: { name: body.name } })),
  rule(consoleTagRoutes.deleteTag, 'tag.delete'),
  rule(consoleTagRoutes.bindTags, 'tag.bind', ({ body }) => ({ appId: body.target_id, tagIds: body.tag_ids })),
  rule(consoleTagRoutes.unbindTags, 'tag.unbind', ({ body }) => ({ appId: body.target_id, tagIds: body.tag_ids })),
]

const accounts = [
  rule(consoleAccountRoutes.updateAccountName, 'account.rename', ({ body }) => ({ isOfAccount: true, details: { name: body.name } })),
  rule(consoleAccountRoutes.updateAvatar, 'account.change_picture', () => ({ isOfAccount: true })),
  rule(consoleAccountRoutes.updateAccountPassword, 'account.change_password', () => ({ isOfAccount: true })),
  rule(consoleMailedCodeRoutes.changeEmail, 'account.change_email', ({ answer }) => ({
    isOfAccount: true,
    details: { email: answer.email },
  })),
  rule(consoleOauthRoutes.unlinkIdentity, 'account.unlink_service', ({ params }) => ({
    isOfAccount: true,
    details: { service: params.service },
  })),
]

/**
 * What is worth an entry, route by route. What happens without a session is recorded where it happens: accepting an invitation, linking
 * an account of another service.
 */
export const auditRules: readonly AuditRule[] = [
  ...members,
  ...apps,
  ...annotations,
  ...models,
  ...budgets,
  ...extensions,
  ...tags,
  ...accounts,
]
