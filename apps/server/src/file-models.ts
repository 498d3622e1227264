import { providers, toWireProviderId } from '@trellis/models'
import type { FileModels } from './features/app-files/index.ts'
import type { Models } from './features/models/index.ts'

/** What app files name is a language model, or one that ranks or embeds. */
export const fileModelsOf = ({ gateway, findDefaultChoice }: Models): FileModels => ({
  async isKnown({ tenantId, provider, model }) {
    for (const type of ['llm', 'rerank', 'text-embedding'] as const) {
      if (await gateway.describeModel({ tenantId, provider, model, type })) return true
    }
    return false
  },
  async findDefault(tenantId) {
    const choice = await findDefaultChoice(tenantId)
    return choice && { provider: choice.provider, model: choice.name }
  },
  hasPlugin: (pluginId) => providers.some(({ id }) => toWireProviderId(id).startsWith(`${pluginId}/`)),
})
