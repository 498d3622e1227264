import * as wire from './common/wire.ts'

export { assertNever } from './common/assert-never.ts'
export { consoleAccountRoutes, interfaceTheme } from './console/account.ts'
export { type AccountDeletion, consoleAccountDeletionRoutes } from './console/account-deletion.ts'
export { consoleAnnotationRoutes } from './console/annotations.ts'
export { consoleApiExtensionRoutes } from './console/api-extensions.ts'
export { type ApiKey, apiKeySchema, consoleApiKeyRoutes } from './console/api-keys.ts'
export { consoleAppConversionRoutes } from './console/app-conversion.ts'
export { consoleAppFileRoutes } from './console/app-files.ts'
export { consoleAppLimitRoutes } from './console/app-limits.ts'
export { consoleAppRunRoutes, type RunDetail, runDetailSchema } from './console/app-runs.ts'
export { consoleAppRoutes } from './console/apps.ts'
export { consoleAudioRoutes } from './console/audio.ts'
export { consoleAuditRoutes } from './console/audit.ts'
export { consoleBudgetRoutes } from './console/budgets.ts'
export { consoleDraftConfigRoutes, type DraftConfig, draftConfigSchema } from './console/draft-config.ts'
export { consoleDraftRunRoutes } from './console/draft-runs.ts'
export { consoleDraftVariableRoutes } from './console/draft-variables.ts'
export { consoleFileRoutes, uploadLimitsSchema } from './console/files.ts'
export { consoleGeneratorRoutes, type WrittenInstruction, type WrittenPrompt } from './console/generators.ts'
export { consoleHumanInputRoutes } from './console/human-input.ts'
export { consoleRoutes } from './console/index.ts'
export { consoleInvitationRoutes } from './console/invitations.ts'
export { consoleLogRoutes } from './console/logs.ts'
export { consoleMailRoutes, type MailTest } from './console/mail.ts'
export { consoleMailedCodeRoutes } from './console/mailed-codes.ts'
export { consoleMemberRoutes } from './console/members.ts'
export { consoleModelCredentialRoutes, consoleModelProviderRoutes } from './console/model-credentials.ts'
export { consoleModelTrialRoutes, type ModelTrialEvent } from './console/model-trials.ts'
export { consoleModelUsageRoutes } from './console/model-usage.ts'
export { consoleModelRoutes } from './console/models.ts'
export { consoleOauthRoutes } from './console/oauth.ts'
export { decodePassword, encodePassword } from './console/password-transport.ts'
export { type PublishObstacle, publishObstacleSchema } from './console/publish-obstacle.ts'
export { consoleRegistrationRoutes } from './console/registration.ts'
export { consoleRetryRoutes, type FailedNode } from './console/retries.ts'
export { consoleSessionRoutes } from './console/session.ts'
export { consoleSetupRoutes } from './console/setup.ts'
export { consoleSiteRoutes } from './console/sites.ts'
export { consoleStatisticRoutes } from './console/statistics.ts'
export { consoleTagRoutes } from './console/tags.ts'
export { consoleTriggerRoutes } from './console/triggers.ts'
export { consoleVersionRunRoutes } from './console/version-runs.ts'
export { consoleWorkflowDraftRoutes } from './console/workflow-drafts.ts'
export { consoleWorkflowRunRoutes } from './console/workflow-runs.ts'
export { consoleWorkflowVersionRoutes } from './console/workflow-versions.ts'
export { consoleWorkspaceRoutes } from './console/workspaces.ts'
export {
  type Account,
  type AccountSession,
  accountReferenceSchema,
  accountSchema,
  emailAddress,
  languageTag,
  newPassword,
} from './entities/account.ts'
export type { Annotation, AnnotationHit, AnnotationJobState, AnnotationJobStatus, AnnotationSetting } from './entities/annotation.ts'
export type { ApiExtension, ApiExtensionInput, ApiExtensionUser } from './entities/api-extension.ts'
export { type App, type AppItem, appItemSchema, appSchema, appSummarySchema } from './entities/app.ts'
export { type AppParameters, appMetaSchema, appParametersSchema } from './entities/app-parameters.ts'
export { type AuditAction, type AuditEntry, auditActions } from './entities/audit.ts'
export type { Budget, BudgetChange, BudgetCreate } from './entities/budget.ts'
export {
  type Conversation,
  type ConversationSort,
  conversationSchema,
  conversationSort,
  conversationVariableSchema,
} from './entities/conversation.ts'
export {
  type ChatConversationItem,
  type CompletionConversationItem,
  chatConversationDetailSchema,
  chatConversationItemSchema,
  completionConversationDetailSchema,
  completionConversationItemSchema,
  type LogMessage,
  logMessageSchema,
} from './entities/conversation-log.ts'
export type { DraftVariable } from './entities/draft-variable.ts'
export {
  type FileInput,
  type FileTransferMethod,
  type FileType,
  fileInputSchema,
  fileTransferMethod,
  fileType,
  type MessageEndFile,
  type MessageFile,
  messageEndFileSchema,
  messageFileSchema,
  remoteFileInfoSchema,
  remoteUploadedFileSchema,
  type UploadedFile,
  uploadedFileSchema,
} from './entities/file.ts'
export type { HumanInputContent } from './entities/human-input-content.ts'
export type { HumanInputForm } from './entities/human-input-form.ts'
export {
  type InputControl,
  type InputField,
  type InputFormItem,
  inputControl,
  inputFieldSchema,
  inputFormItemSchema,
} from './entities/input-form.ts'
export {
  type AnnotationReply,
  agentThoughtSchema,
  annotationReplySchema,
  type Feedback,
  feedbackSchema,
  type HistoryResource,
  historyResourceSchema,
  type Message,
  type MessageMetadata,
  type MessageRating,
  type ModeratedSide,
  messageMetadataSchema,
  messageRating,
  messageSchema,
  messageStatus,
  moderatedSideSchema,
  type RetrieverResource,
  retrieverResourceSchema,
  type SimpleMessageMetadata,
  simpleMessageMetadataSchema,
  simpleRetrieverResourceSchema,
} from './entities/message.ts'
export {
  type ConfiguredModel,
  configuredModelSchema,
  type ModelConfig,
  type ModelConfigInput,
  modelConfigSchema,
  type SavedModelConfig,
  savedModelConfigSchema,
} from './entities/model-config.ts'
export {
  type CredentialFieldWire,
  credentialFieldSchema,
  type ModelProvider,
  modelProviderSchema,
  modelStatus,
  type ParameterRuleWire,
  type ProviderModel,
  type ProviderWithModels,
  parameterRuleSchema,
  providerModelSchema,
  providerReferenceSchema,
  providerWithModelsSchema,
} from './entities/model-provider.ts'
export type { ModelUsage, UsageSums } from './entities/model-usage.ts'
export { type Figures, figuresSchema, type Monitoring, monitoringSchema } from './entities/monitoring.ts'
export {
  type ChatAnswer,
  type CompletionAnswer,
  chatAnswerSchema,
  completionAnswerSchema,
  type ResponseMode,
  responseMode,
  simpleChatAnswerSchema,
  simpleCompletionAnswerSchema,
} from './entities/run-request.ts'
export { type AppSite, appSiteSchema, type SiteUpdate, savedSiteSchema } from './entities/site.ts'
export type { Voice } from './entities/speech.ts'
export {
  type SignInProviderId,
  type SystemFeatures,
  signInProviderId,
  systemFeaturesSchema,
  workspaceFeaturesSchema,
} from './entities/system-features.ts'
export type { CountedTag } from './entities/tag.ts'
export { type UsageWire, usageWireSchema } from './entities/usage.ts'
export { nanoToDecimal, toUsageWire } from './entities/usage-wire.ts'
export {
  type NodeRun,
  nodeRunSchema,
  type RunOrigin,
  type WorkflowLog,
  type WorkflowRunDetail,
  type WorkflowRunItem,
} from './entities/workflow-run.ts'
export { type Member, memberSchema, type Workspace, workspaceItemSchema, workspaceSchema } from './entities/workspace.ts'
export { AppError, type AppErrorOptions, isDependencyAway } from './errors/app-error.ts'
export { type ErrorCode, type ErrorEntry, errorCatalog } from './errors/catalog.ts'
export { type Refusal, type RefusalReason, refusalReasons, refusalSchema } from './errors/refusal.ts'
export { fileRoutes } from './files/routes.ts'
export { buildOpenApi, type OpenApiDocument, type OpenApiInfo } from './openapi/build-openapi.ts'
export { allRoutes } from './routes/all-routes.ts'
export {
  type BodyInputOf,
  type BodyOf,
  defineRoute,
  type EventOf,
  type HttpMethod,
  type ParamsOf,
  type QueryInputOf,
  type QueryOf,
  type ResponseInputOf,
  type ResponseOf,
  type Role,
  type RouteAuth,
  type RouteContract,
  type Surface,
  surfacePrefix,
} from './routes/define-route.ts'
export { administeringRoles, appReadingRoles, editingRoles } from './routes/roles.ts'
export {
  isTerminalEvent,
  type LatencyLedger,
  latencyLedgerSchema,
  type RunEvent,
  type RunPauseEvent,
  runEventSchema,
  type WorkflowEndEvent,
} from './runs/run-event.ts'
export { type Usage, usageSchema } from './runs/usage.ts'
export type {
  AgentLogEvent,
  ApprovalChannel,
  ContainerEndEvent,
  ContainerRoundEvent,
  ContainerStartEvent,
  HumanInputDoneEvent,
  HumanInputRequiredEvent,
  NodeAttemptEvent,
  NodeEndEvent,
  NodeRetryEvent,
  NodeStartEvent,
  RetrieverResourcesEvent,
  VariableUpdateEvent,
  WaitingForm,
} from './runs/workflow-event.ts'
export { serviceAnnotationRoutes } from './service/annotations.ts'
export { serviceAppRoutes } from './service/app-info.ts'
export { serviceAudioRoutes } from './service/audio.ts'
export { serviceChatRoutes } from './service/chat.ts'
export { serviceCompletionRoutes } from './service/completion.ts'
export { serviceConversationRoutes } from './service/conversations.ts'
export { serviceFileRoutes } from './service/files.ts'
export { serviceHumanInputRoutes } from './service/human-input.ts'
export { serviceRoutes } from './service/index.ts'
export { serviceMessageRoutes } from './service/messages.ts'
export { serviceWorkflowRoutes, type WorkflowAnswer } from './service/workflows.ts'
export { openApiRoutes, type Readiness, readinessSchema, systemRoutes } from './system/routes.ts'
export { webAudioRoutes } from './web/audio.ts'
export { webChatRoutes } from './web/chat.ts'
export { webCompletionRoutes } from './web/completion.ts'
export { webConversationRoutes } from './web/conversations.ts'
export { webFileRoutes } from './web/files.ts'
export { webHumanInputRoutes } from './web/human-input.ts'
export { webRoutes } from './web/index.ts'
export { savedMessageSchema, type WebMessage, webMessageRoutes, webMessageSchema } from './web/messages.ts'
export { webPassportRoutes } from './web/passport.ts'
export { type WebSite, webSiteRoutes, webSiteSchema } from './web/site.ts'
export { webWorkflowRoutes } from './web/workflows.ts'
export {
  type ChatEvent,
  type CompletionEvent,
  chatEventSchema,
  completionEventSchema,
  type MessageEvent,
  messageEventSchema,
  type SimpleChatEvent,
  type SimpleCompletionEvent,
  type SimpleMessageEvent,
  type SpokenChatEvent,
  type SpokenCompletionEvent,
  simpleChatEventSchema,
  simpleCompletionEventSchema,
  simpleMessageEventSchema,
  spokenChatEventSchema,
  spokenCompletionEventSchema,
} from './wire-events/message-events.ts'
export { type WorkflowEvent, workflowEventSchema } from './wire-events/workflow-events.ts'
export { wire }
