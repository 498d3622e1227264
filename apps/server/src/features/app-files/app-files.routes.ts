import { consoleAppFileRoutes as routes } from '@trellis/contracts'
import { toPlain, type Value } from '@trellis/values'
import { toSeconds } from '../../http/compat/seconds.ts'
import { Answer, type Mount } from '../../http/mount.ts'
import { CURRENT_DSL_VERSION } from './dsl-version.ts'
import { type ExportDependencies, exportApp } from './export.service.ts'
import type { ImportOutcome, ImportRequest, ImportService } from './import.service.ts'
import type { DraftNeeds, NeedsService } from './needs.service.ts'

export interface AppFileRouteDependencies extends ExportDependencies {
  readonly imports: ImportService
  readonly needs: NeedsService
}

const presentOutcome = ({ id, status, appId, appMode, importedVersion, error, obstacle, refusal }: ImportOutcome) => ({
  id,
  status,
  app_id: appId ?? null,
  app_mode: appMode ?? null,
  current_dsl_version: CURRENT_DSL_VERSION,
  imported_dsl_version: importedVersion,
  error,
  obstacle: obstacle ?? null,
  details: refusal ?? null,
})

const statusOf = ({ status }: ImportOutcome): number => (status === 'failed' ? 400 : status === 'pending' ? 202 : 200)
const answer = (outcome: ImportOutcome) => new Answer(statusOf(outcome), presentOutcome(outcome))

// A dict becomes a plain object.
const toObject = (value: Value): Record<string, unknown> => toPlain(value) as Record<string, unknown>

export function mountAppFileRoutes(mount: Mount, dependencies: AppFileRouteDependencies): void {
  const { imports, needs } = dependencies
  mount(routes.importApp).to(async ({ actor, body }) => answer(await imports.start(actor, toRequest(body))))
  mount(routes.confirmImport).to(async ({ actor, params }) => answer(await imports.confirm(actor, params.import_id)))
  mount(routes.checkDependencies).to(async ({ actor, params }) => ({
    leaked_dependencies: (await needs.missingPlugins(actor.tenantId, params.app_id)).map(toObject),
  }))
  mount(routes.exportApp).to(async ({ actor, params, query }) => ({
    data: await exportApp(dependencies, {
      tenantId: actor.tenantId,
      appId: params.app_id,
      workflowId: query.workflow_id || undefined,
      includesSecrets: query.include_secret ?? false,
    }),
  }))
  mount(routes.getDraftNeeds).to(async ({ actor, params }) => presentNeeds(await needs.ofDraft(actor.tenantId, params.app_id)))
  mount(routes.bindDraftModels).to(async ({ actor, params, body }) => {
    const owner = { tenantId: actor.tenantId, accountId: actor.accountId, appId: params.app_id }
    const { hash, updatedAt } = await needs.bind(owner, body.bindings)
    return { result: 'success', hash, updated_at: toSeconds(updatedAt) }
  })
}

type ImportBody = {
  readonly [K in 'yaml_content' | 'yaml_url' | 'name' | 'description' | 'icon' | 'icon_background' | 'app_id']?: string | null | undefined
} & { readonly mode: 'yaml-content' | 'yaml-url'; readonly icon_type?: ImportRequest['look']['icon_type'] | undefined }

/** What is absent, null or empty is taken from the file. */
function toRequest(body: ImportBody): ImportRequest {
  const { name, description, icon_type, icon, icon_background } = body
  return {
    source:
      body.mode === 'yaml-url'
        ? { type: 'url', url: body.yaml_url ?? undefined }
        : { type: 'content', text: body.yaml_content ?? undefined },
    look: {
      ...(name ? { name } : {}),
      ...(description ? { description } : {}),
      ...(icon_type ? { icon_type } : {}),
      ...(icon ? { icon } : {}),
      ...(icon_background ? { icon_background } : {}),
    },
    appId: body.app_id ?? undefined,
  }
}

function presentNeeds({ models, tools, others, unknownNodes, missingPlugins, defaultModel }: DraftNeeds) {
  return {
    models,
    tools: tools.map(({ provider, providerType, tool, isReady, nodes }) => ({
      provider,
      provider_type: providerType,
      tool,
      status: isReady ? ('ready' as const) : ('unknown' as const),
      nodes,
    })),
    agent_strategies: others.flatMap(({ requirement, nodes }) =>
      requirement.type === 'agent-strategy' ? [{ provider: requirement.provider, strategy: requirement.strategy, nodes }] : [],
    ),
    knowledge: others.flatMap(({ requirement, nodes }) =>
      requirement.type === 'knowledge' ? [{ dataset_id: requirement.datasetId, nodes }] : [],
    ),
    unknown_nodes: unknownNodes,
    leaked_dependencies: missingPlugins.map(toObject),
    default_model: defaultModel ?? null,
  }
}
