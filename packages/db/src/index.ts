export type { AbsenceWatch } from './absence.ts'
export type { OnChange } from './changes.ts'
export { isUniqueViolation } from './errors.ts'
export { fromJsonText, toJsonText } from './json.ts'
export { type DatabaseHooks, type DatabaseOptions, type Db, type OpenDatabase, openDatabase } from './open-database.ts'
export type { PostgresOptions, PostgresSslMode } from './postgres/pool.ts'
export { createJointInsert, createRowInsert } from './row-insert.ts'
export type {
  AccountChallengesTable,
  AccountIdentitiesTable,
  AccountSessionsTable,
  AccountsTable,
  InvitationsTable,
  RefreshTokensTable,
  TenantMembersTable,
  TenantsTable,
} from './schema/accounts.ts'
export type { AnnotationHitsTable, AnnotationSettingsTable, AnnotationsTable, AnnotationVectorsTable } from './schema/annotations.ts'
export type { ApiExtensionsTable } from './schema/api-extensions.ts'
export type { ApiKeysTable, AppConfigsTable, AppsTable, EndUsersTable, SitesTable } from './schema/apps.ts'
export type { AuditLogTable } from './schema/audit.ts'
export { type Flag, fromFlag, type JsonText, type Milliseconds, toFlag } from './schema/columns.ts'
export type {
  ConversationsTable,
  InvokeFrom,
  MessageFeedbacksTable,
  MessageFilesTable,
  MessagesTable,
  SavedMessagesTable,
  UploadFilesTable,
} from './schema/conversations.ts'
export type { Database } from './schema/database.ts'
export type { JobsTable } from './schema/jobs.ts'
export type { DefaultModelsTable, ProviderCredentialsTable, ProviderModelSettingsTable, ProviderModelsTable } from './schema/models.ts'
export type { HostsTable, RunEventsTable, RunsTable } from './schema/runs.ts'
export type { TagsTable } from './schema/tags.ts'
export type { BudgetsTable, ModelCallsTable, ModelUsageDaysTable } from './schema/usage.ts'
export type {
  ConversationVariablesTable,
  DraftNodeRunsTable,
  DraftVariablesTable,
  HumanInputFormsTable,
  HumanInputRecipientsTable,
  WorkflowsTable,
  WorkflowTriggersTable,
} from './schema/workflows.ts'
export { takeFileLock } from './sqlite/file-lock.ts'
export { inTransaction } from './transaction.ts'
