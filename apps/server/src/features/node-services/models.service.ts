import type { ModelMessage, ModelService, NodeModel } from '@trellis/spec'
import { countTokens, type ModelCaller, type ModelGateway, type ResolvedLanguageModel } from '../models/index.ts'

export interface NodeModelDependencies {
  readonly gateway: ModelGateway
  readonly caller: ModelCaller
}

/** The workspace's language models, as nodes call them. */
export function createNodeModels({ gateway, caller }: NodeModelDependencies): ModelService {
  return {
    async resolve(provider, model) {
      return toNodeModel(await gateway.resolveLanguageModel({ caller, provider, model }))
    },
  }
}

const toNodeModel = (model: ResolvedLanguageModel): NodeModel => ({
  ...model,
  async countTokens(messages) {
    const counts = await Promise.all(messages.map((message) => countTokens(textOf(message))))
    return counts.reduce((total, count) => total + count, 0)
  },
})

const textOf = ({ content }: ModelMessage): string =>
  typeof content === 'string' ? content : content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n')
