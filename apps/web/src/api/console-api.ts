import { type AccountApi, createAccountApi } from './account-api.ts'
import { type AnnotationsApi, createAnnotationsApi } from './annotations-api.ts'
import { type AppsApi, createAppsApi } from './apps-api.ts'
import { type AudioApi, createAudioApi } from './audio-api.ts'
import { type AuditApi, createAuditApi } from './audit-api.ts'
import { type CodesApi, createCodesApi } from './codes-api.ts'
import { createDraftApi, type DraftApi } from './draft-api.ts'
import { createExtensionsApi, type ExtensionsApi } from './extensions-api.ts'
import { createFilesApi, type FilePort } from './files-api.ts'
import { createGeneratorsApi, type GeneratorsApi } from './generators-api.ts'
import type { HttpClient } from './http-client.ts'
import { createModelsApi, type ModelsApi } from './models-api.ts'
import { createRunsApi, type RunsApi } from './runs-api.ts'
import { createTagsApi, type TagsApi } from './tags-api.ts'
import { createTeamApi, type TeamApi } from './team-api.ts'
import { createTriggersApi, type TriggersApi } from './triggers-api.ts'
import { createUsageApi, type UsageApi } from './usage-api.ts'
import { createWorkflowsApi, type WorkflowsApi } from './workflows-api.ts'

/** The console API, by capability. */
export interface ConsoleApi {
  readonly account: AccountApi
  readonly annotations: AnnotationsApi
  readonly apps: AppsApi
  readonly audio: AudioApi
  readonly audit: AuditApi
  readonly codes: CodesApi
  readonly draft: DraftApi
  readonly extensions: ExtensionsApi
  readonly files: FilePort
  readonly generators: GeneratorsApi
  readonly models: ModelsApi
  readonly runs: RunsApi
  readonly tags: TagsApi
  readonly team: TeamApi
  readonly triggers: TriggersApi
  readonly usage: UsageApi
  readonly workflows: WorkflowsApi
}

export function createConsoleApi(http: HttpClient): ConsoleApi {
  return {
    account: createAccountApi(http),
    annotations: createAnnotationsApi(http),
    apps: createAppsApi(http),
    audio: createAudioApi(http),
    audit: createAuditApi(http),
    codes: createCodesApi(http),
    draft: createDraftApi(http),
    extensions: createExtensionsApi(http),
    files: createFilesApi(http),
    generators: createGeneratorsApi(http),
    models: createModelsApi(http),
    runs: createRunsApi(http),
    tags: createTagsApi(http),
    team: createTeamApi(http),
    triggers: createTriggersApi(http),
    usage: createUsageApi(http),
    workflows: createWorkflowsApi(http),
  }
}
