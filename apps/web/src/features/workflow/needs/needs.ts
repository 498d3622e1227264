import type { AppNeeds } from '../../../api/workflows-api.ts'

export type NeededModel = AppNeeds['models'][number]
export type ModelName = NonNullable<AppNeeds['default_model']>

/** Something that a file asks for and that is not here. */
export interface MissingThing {
  readonly kind: 'tool' | 'strategy' | 'knowledge' | 'node' | 'plugin'
  readonly name: string
  /** Titles of the nodes that need it. */
  readonly nodes: readonly string[]
}

export const modelKey = ({ provider, model }: ModelName): string => `${provider}\n${model}`

export const unreadyModels = (needs: AppNeeds): readonly NeededModel[] => needs.models.filter(({ status }) => status !== 'ready')

/** What no model can be put in the place of. */
export function missingThings(needs: AppNeeds): MissingThing[] {
  const titles = (nodes: readonly { readonly id: string; readonly title: string }[]) => nodes.map(({ id, title }) => title || id)
  return [
    ...needs.leaked_dependencies.map((dependency): MissingThing => ({ kind: 'plugin', name: pluginName(dependency), nodes: [] })),
    ...absentTools(needs).map(
      ({ provider, tool, nodes }): MissingThing => ({ kind: 'tool', name: `${provider} / ${tool}`, nodes: titles(nodes) }),
    ),
    ...needs.agent_strategies.map(
      ({ provider, strategy, nodes }): MissingThing => ({
        kind: 'strategy',
        name: `${provider} / ${strategy}`,
        nodes: titles(nodes),
      }),
    ),
    ...needs.knowledge.map(({ dataset_id: name, nodes }): MissingThing => ({ kind: 'knowledge', name, nodes: titles(nodes) })),
    ...needs.unknown_nodes.map(({ id, title, type }): MissingThing => ({ kind: 'node', name: type, nodes: [title || id] })),
  ]
}

const absentTools = ({ tools }: AppNeeds) => tools.filter(({ status }) => status !== 'ready')

/** The plugin's own name, without its version's checksum. */
function pluginName(dependency: Readonly<Record<string, unknown>>): string {
  const value = dependency['value']
  const fields = typeof value === 'object' && value !== null ? Object.values(value) : []
  const named = fields.find((field): field is string => typeof field === 'string' && field !== '')
  return named?.split('@')[0] ?? String(dependency['type'] ?? '?')
}

/** The workspace's default model is offered for each that is not ready. */
export function firstBindings(needs: AppNeeds): ReadonlyMap<string, ModelName> {
  const fallback = needs.default_model
  return new Map(fallback === null ? [] : unreadyModels(needs).map((needed) => [modelKey(needed), fallback]))
}

/** How much of what it needs is not here. */
export const countUnmet = (needs: AppNeeds): number => unreadyModels(needs).length + missingThings(needs).length
