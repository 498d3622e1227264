import type { ModelConfig } from '@trellis/contracts'
import { type AnnotationSettingsTable, type AppsTable, fromFlag, fromJsonText } from '@trellis/db'
import { toSeconds } from '../../http/compat/seconds.ts'
import { type IconFiles, iconUrl, presentSite, type SiteRow } from '../sites/index.ts'
import type { BoundTag } from '../tags/index.ts'
import { isWorkflowMode, type WorkflowReference } from '../workflows/index.ts'
import type { AppConfigRow } from './app-configs.repository.ts'
import { isBasicMode } from './apps.policy.ts'
import type { ListedApp } from './apps.service.ts'

const auditOf = (row: Pick<AppsTable, 'created_by' | 'created_at' | 'updated_by' | 'updated_at'>) => ({
  created_by: row.created_by,
  created_at: toSeconds(row.created_at),
  updated_by: row.updated_by,
  updated_at: toSeconds(row.updated_at),
})

/** A published configuration never changes: it was updated when, and by whom, it was made. */
const auditOfConfig = (row: AppConfigRow) => auditOf({ ...row, updated_by: row.created_by, updated_at: row.created_at })

/** What is published, or else the draft: of an imported app that cannot be published nothing else tells how it is set up. */
function configOf(app: AppsTable, published: AppConfigRow | undefined) {
  if (published) return { config: fromJsonText<ModelConfig>(published.config), audit: auditOfConfig(published) }
  if (app.draft_config === null) return undefined
  const updated_at = app.draft_updated_at ?? app.updated_at
  return { config: fromJsonText<ModelConfig>(app.draft_config), audit: auditOf({ ...app, updated_at }) }
}

/** A setting of its own, whatever the configuration once said of it. */
const annotationReplyOf = (setting: AnnotationSettingsTable | undefined) =>
  setting?.is_enabled === 1
    ? {
        enabled: true,
        id: setting.id,
        score_threshold: Number(setting.score_threshold_micro) / 1_000_000,
        embedding_model: {
          embedding_provider_name: setting.embedding_provider ?? '',
          embedding_model_name: setting.embedding_model ?? '',
        },
      }
    : { enabled: false }

const hasUnpublishedChanges = (app: AppsTable): boolean =>
  app.draft_config !== null ||
  (isBasicMode(app.mode) && app.published_config_id === null) ||
  (isWorkflowMode(app.mode) && app.published_workflow_id === null)

const publicationOf = (app: AppsTable) => ({
  has_unpublished_changes: hasUnpublishedChanges(app),
  is_published: (isWorkflowMode(app.mode) ? app.published_workflow_id : app.published_config_id) !== null,
})

const lookOf = (app: AppsTable) => ({
  id: app.id,
  name: app.name,
  description: app.description,
  mode: app.mode,
  icon: app.icon,
  icon_background: app.icon_background,
  use_icon_as_answer_icon: fromFlag(app.use_icon_as_answer_icon),
  ...auditOf(app),
})

const presentReference = (workflow: WorkflowReference | undefined) => (workflow ? { id: workflow.id, ...auditOf(workflow) } : null)

/** What the switches of an app answer. */
export function presentSummary(app: AppsTable, { config, annotationSetting, workflow, tags }: Omit<AppParts, 'site'>) {
  const shown = configOf(app, config)
  return {
    ...lookOf(app),
    tags: [...tags],
    enable_site: fromFlag(app.enable_site),
    enable_api: fromFlag(app.enable_api),
    model_config: shown ? { ...shown.config, annotation_reply: annotationReplyOf(annotationSetting), ...shown.audit } : null,
    workflow: presentReference(workflow),
  }
}

export interface AppParts {
  /** The published one. */
  readonly config: AppConfigRow | undefined
  readonly annotationSetting: AnnotationSettingsTable | undefined
  /** The published version. */
  readonly workflow: WorkflowReference | undefined
  readonly site: SiteRow | undefined
  readonly tags: readonly BoundTag[]
}

/** Where the caller finds us. */
export interface AppAddresses {
  /** `https://host`, of the Service API. */
  readonly serviceApi: string
  /** `https://host`, of published pages. */
  readonly appWeb: string
}

export const presentApp = (
  app: AppsTable,
  { site, files, addresses, ...parts }: AppParts & { readonly files: IconFiles; readonly addresses: AppAddresses },
) => ({
  ...presentSummary(app, parts),
  icon_type: app.icon_type,
  icon_url: iconUrl(files, app),
  api_base_url: `${addresses.serviceApi}/v1`,
  max_active_requests: app.max_active_requests,
  site: site ? presentSite(site, { files, baseUrl: addresses.appWeb }) : null,
  ...publicationOf(app),
})

export const presentItem = (
  app: AppsTable,
  { config, workflow, creatorName, tags, isStarred, files }: Omit<ListedApp, 'app'> & { readonly files: IconFiles },
) => ({
  ...lookOf(app),
  icon_type: app.icon_type,
  icon_url: iconUrl(files, app),
  model_config: presentModelOf(configOf(app, config)),
  workflow: presentReference(workflow),
  max_active_requests: app.max_active_requests,
  create_user_name: creatorName ?? null,
  author_name: creatorName ?? null,
  tags: [...tags],
  is_starred: isStarred,
  ...publicationOf(app),
})

function presentModelOf(shown: ReturnType<typeof configOf>) {
  return shown ? { model: shown.config.model, pre_prompt: shown.config.pre_prompt, ...shown.audit } : null
}
