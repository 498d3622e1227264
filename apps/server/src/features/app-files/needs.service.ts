import { AppError } from '@trellis/contracts'
import { toProviderId, toWireProviderId } from '@trellis/models'
import { type Dict, getKey } from '@trellis/values'
import type { Apps } from '../apps/index.ts'
import type { SavedDraft, WorkflowOwner, Workflows } from '../workflows/index.ts'
import { dictOf, dictsOf, textOf } from './app-file.ts'
import { bindModels, type ModelBinding, type ModelName } from './bind-models.ts'
import { listsNoDependencies } from './dsl-version.ts'
import { findRequirements, type NeedyNode, type Requirement } from './requirements.ts'

/** How a model that a graph names stands in the workspace. */
export type ModelStatus = 'ready' | 'no-credentials' | 'unknown'

/** What this slice asks of models. */
export interface FileModels {
  /** Of any type. @throws AppError where its provider lacks credentials */
  isKnown(model: ModelName & { readonly tenantId: string }): Promise<boolean>
  findDefault(tenantId: string): Promise<ModelName | undefined>
  /** Whether the providers of that plugin are built in; `organization/name`. */
  hasPlugin(pluginId: string): boolean
}

/** A tool as graphs name it. */
export interface NamedTool {
  readonly provider: string
  readonly providerType: string
  readonly tool: string
}

export interface DraftNeeds {
  readonly models: readonly (ModelName & { readonly status: ModelStatus; readonly nodes: readonly NeedyNode[] })[]
  readonly tools: readonly (NamedTool & { readonly isReady: boolean; readonly nodes: readonly NeedyNode[] })[]
  /** Agent strategies and knowledge: neither is there yet. */
  readonly others: readonly Requirement[]
  readonly unknownNodes: readonly (NeedyNode & { readonly type: string })[]
  /** Plugins that the file asks for and that are not built in. */
  readonly missingPlugins: readonly Dict[]
  /** What the workspace has instead, first of all. */
  readonly defaultModel: ModelName | undefined
}

export interface NeedsService {
  /** @throws `app_not_found`, `draft_workflow_not_exist` */
  ofDraft(tenantId: string, appId: string): Promise<DraftNeeds>
  /** Plugins that the file of an app asks for and that are not built in. @throws `app_not_found` */
  missingPlugins(tenantId: string, appId: string): Promise<readonly Dict[]>
  /** @throws `app_not_found`, `draft_workflow_not_exist`, `model_currently_not_support`, `provider_not_initialize` */
  bind(owner: WorkflowOwner, bindings: readonly ModelBinding[]): Promise<SavedDraft>
}

export interface NeedsDependencies {
  readonly apps: Pick<Apps, 'getApp'>
  readonly workflows: Pick<Workflows, 'drafts' | 'readDocument'>
  readonly models: FileModels
  readonly hasTool: (tool: NamedTool) => boolean
}

export function createNeedsService({ apps, workflows, models, hasTool }: NeedsDependencies): NeedsService {
  const read = (tenantId: string, appId: string) => workflows.readDocument(tenantId, { appId, workflowId: undefined })
  const missingOf = (graph: Dict, extra: Dict): readonly Dict[] =>
    dependenciesOf(graph, dictOf(extra, 'root')).filter((dependency) => !models.hasPlugin(pluginOf(dependency)))
  return {
    async ofDraft(tenantId, appId) {
      const { graph, extra } = await read(tenantId, appId)
      const { requirements, unknown } = findRequirements(graph)
      const named = requirements.flatMap(({ requirement, nodes }) =>
        requirement.type === 'model' ? [{ provider: requirement.provider, model: requirement.model, nodes }] : [],
      )
      return {
        models: await Promise.all(named.map(async (model) => ({ ...model, status: await statusOf(models, { ...model, tenantId }) }))),
        tools: requirements.flatMap(({ requirement, nodes }) => {
          if (requirement.type !== 'tool') return []
          const { provider, providerType, tool } = requirement
          return [{ provider, providerType, tool, isReady: hasTool(requirement), nodes }]
        }),
        others: requirements.filter(({ requirement }) => requirement.type !== 'model' && requirement.type !== 'tool'),
        unknownNodes: unknown,
        missingPlugins: missingOf(graph, extra),
        defaultModel: await models.findDefault(tenantId),
      }
    },
    async missingPlugins(tenantId, appId) {
      const app = await apps.getApp(tenantId, appId)
      if (app.mode !== 'workflow' && app.mode !== 'advanced-chat') return []
      const { graph, extra } = await read(tenantId, appId)
      return missingOf(graph, extra)
    },
    async bind(owner, bindings) {
      for (const { to } of bindings) {
        if (await models.isKnown({ ...to, tenantId: owner.tenantId })) continue
        throw new AppError('model_currently_not_support', {
          message: `The model "${to.model}" of ${to.provider} is not known in this workspace. Choose another, or add it in Settings -> Models.`,
        })
      }
      const { graph, features } = await read(owner.tenantId, owner.appId)
      const full = bindings.map(({ from, to }) => ({ from, to: { ...to, provider: toWireProviderId(to.provider) } }))
      // A feature without a model takes the workspace's.
      const chosen = full.filter(({ from }) => from.provider !== '')
      return workflows.drafts.change(owner, { graph: bindModels(graph, full), features: bindModels(features, chosen) })
    },
  }
}

async function statusOf(models: FileModels, model: ModelName & { readonly tenantId: string }): Promise<ModelStatus> {
  // Nobody has chosen it yet.
  if (model.provider === '') return 'unknown'
  try {
    return (await models.isKnown(model)) ? 'ready' : 'unknown'
  } catch (error) {
    if (AppError.is(error)) return 'no-credentials'
    throw error
  }
}

/** What the file lists; files that list none have them in their nodes. */
function dependenciesOf(graph: Dict, root: Dict): readonly Dict[] {
  const listed = dictsOf(root, 'dependencies')
  if (listed.length > 0 || !listsNoDependencies(textOf(root, 'version'))) return listed
  const plugins = findRequirements(graph).requirements.flatMap(({ requirement }) => {
    if (requirement.type !== 'model' || requirement.provider === '') return []
    return [toWireProviderId(toProviderId(requirement.provider)).split('/').slice(0, 2).join('/')]
  })
  return [...new Set(plugins)].map((plugin) => ({
    current_identifier: null,
    type: 'marketplace',
    value: { marketplace_plugin_unique_identifier: plugin },
  }))
}

/** `organization/name` of whichever kind of dependency it is. */
function pluginOf(dependency: Dict): string {
  const value = dictOf(dependency, 'value')
  const keys = ['marketplace_plugin_unique_identifier', 'github_plugin_unique_identifier', 'plugin_unique_identifier']
  const identifier = keys.map((key) => getKey(value, key)).find((id) => typeof id === 'string')
  return typeof identifier === 'string' ? (identifier.split(/[:@]/)[0] ?? '') : ''
}
