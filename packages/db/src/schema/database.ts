import type {
  AccountChallengesTable,
  AccountIdentitiesTable,
  AccountSessionsTable,
  AccountsTable,
  InvitationsTable,
  RefreshTokensTable,
  SettingsTable,
  TenantMembersTable,
  TenantsTable,
} from './accounts.ts'
import type { AnnotationHitsTable, AnnotationSettingsTable, AnnotationsTable, AnnotationVectorsTable } from './annotations.ts'
import type { ApiExtensionsTable } from './api-extensions.ts'
import type { ApiKeysTable, AppConfigsTable, AppStarsTable, AppsTable, EndUsersTable, SitesTable } from './apps.ts'
import type { AuditLogTable } from './audit.ts'
import type {
  ConversationsTable,
  MessageFeedbacksTable,
  MessageFilesTable,
  MessagesTable,
  SavedMessagesTable,
  UploadFilesTable,
} from './conversations.ts'
import type { JobsTable } from './jobs.ts'
import type { DefaultModelsTable, ProviderCredentialsTable, ProviderModelSettingsTable, ProviderModelsTable } from './models.ts'
import type { HostsTable, RunAsksTable, RunEventsTable, RunFilesTable, RunsTable } from './runs.ts'
import type { TagBindingsTable, TagsTable } from './tags.ts'
import type { BudgetHoldsTable, BudgetsTable, BudgetWindowsTable, ModelCallsTable, ModelUsageDaysTable } from './usage.ts'
import type {
  ConversationVariablesTable,
  DraftNodeRunsTable,
  DraftVariablesTable,
  HumanInputFormsTable,
  HumanInputRecipientsTable,
  WorkflowsTable,
  WorkflowTriggersTable,
} from './workflows.ts'

/** All tables, by name. */
export interface Database {
  account_challenges: AccountChallengesTable
  account_identities: AccountIdentitiesTable
  account_sessions: AccountSessionsTable
  accounts: AccountsTable
  annotation_hits: AnnotationHitsTable
  annotation_settings: AnnotationSettingsTable
  annotation_vectors: AnnotationVectorsTable
  annotations: AnnotationsTable
  api_extensions: ApiExtensionsTable
  api_keys: ApiKeysTable
  app_configs: AppConfigsTable
  app_stars: AppStarsTable
  apps: AppsTable
  audit_log: AuditLogTable
  budget_holds: BudgetHoldsTable
  budget_windows: BudgetWindowsTable
  budgets: BudgetsTable
  conversation_variables: ConversationVariablesTable
  conversations: ConversationsTable
  default_models: DefaultModelsTable
  draft_variables: DraftVariablesTable
  draft_node_runs: DraftNodeRunsTable
  end_users: EndUsersTable
  hosts: HostsTable
  human_input_forms: HumanInputFormsTable
  human_input_recipients: HumanInputRecipientsTable
  invitations: InvitationsTable
  jobs: JobsTable
  message_feedbacks: MessageFeedbacksTable
  message_files: MessageFilesTable
  messages: MessagesTable
  model_calls: ModelCallsTable
  model_usage_days: ModelUsageDaysTable
  provider_credentials: ProviderCredentialsTable
  provider_model_settings: ProviderModelSettingsTable
  provider_models: ProviderModelsTable
  refresh_tokens: RefreshTokensTable
  run_asks: RunAsksTable
  run_events: RunEventsTable
  run_files: RunFilesTable
  runs: RunsTable
  saved_messages: SavedMessagesTable
  settings: SettingsTable
  sites: SitesTable
  tag_bindings: TagBindingsTable
  tags: TagsTable
  tenant_members: TenantMembersTable
  tenants: TenantsTable
  upload_files: UploadFilesTable
  workflow_triggers: WorkflowTriggersTable
  workflows: WorkflowsTable
}
