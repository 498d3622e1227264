import type { ConsoleApi } from '../../../api/console-api.ts'
import type { DefaultModel, ModelType } from '../../../api/types/models.ts'

/** The kinds of model that have a default, in the order in which they are shown. */
export const defaultTypes: readonly ModelType[] = ['llm', 'text-embedding', 'rerank', 'speech2text', 'tts', 'moderation']

interface TypedDefault {
  readonly type: ModelType
  readonly current: DefaultModel | null
}

/** Every kind's default. Undefined where they cannot be read: what depends on them is only told, not done. */
export async function readDefaults(api: ConsoleApi): Promise<readonly TypedDefault[] | undefined> {
  const read = async (type: ModelType) => ({ type, current: await api.models.defaultModel(type) })
  return Promise.all(defaultTypes.map(read)).catch(() => undefined)
}

/** The defaults that are another model, or of another provider, than before. */
export function changedDefaults(
  before: readonly TypedDefault[] | undefined,
  after: readonly TypedDefault[] | undefined,
): { readonly type: ModelType; readonly model: string }[] {
  if (!before || !after) return []
  return after.flatMap(({ type, current }) => {
    const previous = before.find((candidate) => candidate.type === type)?.current
    const isSame = previous?.model === current?.model && previous?.provider.provider === current?.provider.provider
    return current && !isSame ? [{ type, model: current.model }] : []
  })
}
