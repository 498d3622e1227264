import { AppError } from '@trellis/contracts'
import type { AgentService, KnowledgeService } from '@trellis/spec'

/** What workflows may name and this server does not have: they are told so, and what to do about it. */

export const absentKnowledge: KnowledgeService = {
  async retrieve({ datasetIds }) {
    const names = datasetIds.length === 0 ? 'none is chosen' : `asked for: ${datasetIds.join(', ')}`
    throw new AppError('knowledge_not_available', {
      message: `This server has no knowledge to search (${names}). Take the node out, or let an HTTP node ask a search of your own.`,
    })
  },
}

const noStrategy = (provider: string, strategy: string): AppError =>
  new AppError('agent_strategy_not_available', {
    message: `The agent strategy "${strategy}" of ${provider} is not installed here. Use a model node in its place.`,
  })

export const absentAgents: AgentService = {
  async describe({ provider, strategy }) {
    throw noStrategy(provider, strategy)
  },
  call({ provider, strategy }) {
    throw noStrategy(provider, strategy)
  },
}
