import { consoleAccountRoutes } from './account.ts'
import { consoleAccountDeletionRoutes } from './account-deletion.ts'
import { consoleAnnotationRoutes } from './annotations.ts'
import { consoleApiExtensionRoutes } from './api-extensions.ts'
import { consoleApiKeyRoutes } from './api-keys.ts'
import { consoleAppConversionRoutes } from './app-conversion.ts'
import { consoleAppFileRoutes } from './app-files.ts'
import { consoleAppLimitRoutes } from './app-limits.ts'
import { consoleAppRunRoutes } from './app-runs.ts'
import { consoleAppRoutes } from './apps.ts'
import { consoleAudioRoutes } from './audio.ts'
import { consoleAuditRoutes } from './audit.ts'
import { consoleBudgetRoutes } from './budgets.ts'
import { consoleDraftConfigRoutes } from './draft-config.ts'
import { consoleDraftRunRoutes } from './draft-runs.ts'
import { consoleDraftVariableRoutes } from './draft-variables.ts'
import { consoleFileRoutes } from './files.ts'
import { consoleGeneratorRoutes } from './generators.ts'
import { consoleHumanInputRoutes } from './human-input.ts'
import { consoleInvitationRoutes } from './invitations.ts'
import { consoleLogRoutes } from './logs.ts'
import { consoleMailRoutes } from './mail.ts'
import { consoleMailedCodeRoutes } from './mailed-codes.ts'
import { consoleMemberRoutes } from './members.ts'
import { consoleModelCredentialRoutes, consoleModelProviderRoutes } from './model-credentials.ts'
import { consoleModelTrialRoutes } from './model-trials.ts'
import { consoleModelUsageRoutes } from './model-usage.ts'
import { consoleModelRoutes } from './models.ts'
import { consoleOauthRoutes } from './oauth.ts'
import { consoleRegistrationRoutes } from './registration.ts'
import { consoleRetryRoutes } from './retries.ts'
import { consoleSessionRoutes } from './session.ts'
import { consoleSetupRoutes } from './setup.ts'
import { consoleSiteRoutes } from './sites.ts'
import { consoleStatisticRoutes } from './statistics.ts'
import { consoleTagRoutes } from './tags.ts'
import { consoleTriggerRoutes } from './triggers.ts'
import { consoleVersionRunRoutes } from './version-runs.ts'
import { consoleWorkflowDraftRoutes } from './workflow-drafts.ts'
import { consoleWorkflowRunRoutes } from './workflow-runs.ts'
import { consoleWorkflowVersionRoutes } from './workflow-versions.ts'
import { consoleWorkspaceRoutes } from './workspaces.ts'

/** Every route of the console API, by name. */
export const consoleRoutes = {
  ...consoleSetupRoutes,
  ...consoleSessionRoutes,
  ...consoleAccountRoutes,
  ...consoleAccountDeletionRoutes,
  ...consoleMailedCodeRoutes,
  ...consoleRegistrationRoutes,
  ...consoleMailRoutes,
  ...consoleOauthRoutes,
  ...consoleWorkspaceRoutes,
  ...consoleMemberRoutes,
  ...consoleInvitationRoutes,
  ...consoleAuditRoutes,
  ...consoleBudgetRoutes,
  ...consoleModelUsageRoutes,
  ...consoleApiExtensionRoutes,
  ...consoleAppRoutes,
  ...consoleAppLimitRoutes,
  ...consoleAppConversionRoutes,
  ...consoleAppFileRoutes,
  ...consoleTagRoutes,
  ...consoleDraftConfigRoutes,
  ...consoleWorkflowDraftRoutes,
  ...consoleDraftVariableRoutes,
  ...consoleDraftRunRoutes,
  ...consoleWorkflowVersionRoutes,
  ...consoleVersionRunRoutes,
  ...consoleWorkflowRunRoutes,
  ...consoleTriggerRoutes,
  ...consoleRetryRoutes,
  ...consoleHumanInputRoutes,
  ...consoleSiteRoutes,
  ...consoleApiKeyRoutes,
  ...consoleAppRunRoutes,
  ...consoleAudioRoutes,
  ...consoleLogRoutes,
  ...consoleAnnotationRoutes,
  ...consoleStatisticRoutes,
  ...consoleModelProviderRoutes,
  ...consoleModelCredentialRoutes,
  ...consoleModelRoutes,
  ...consoleModelTrialRoutes,
  ...consoleGeneratorRoutes,
  ...consoleFileRoutes,
}
