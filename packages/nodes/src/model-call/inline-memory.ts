import type { ModelMessage, NodeContext, NodeModel } from '@trellis/spec'
import type { z } from 'zod'
import { leftTokens, toHistoryText } from './memory.ts'
import type { memorySchema } from './model-data.ts'

const SPEAKERS = { user: 'Human', assistant: 'Assistant' }

export interface InlineMemory {
  readonly memory: z.infer<typeof memorySchema>
  readonly model: NodeModel
  readonly parameters: Readonly<Record<string, unknown>>
  /** The prompt without memory, which it must leave room for. */
  readonly prompt: readonly ModelMessage[]
}

/** What was said before, as lines for a prompt that asks about one text. The window counts whenever there is one, switched on or not. */
export async function readInlineMemory(node: NodeContext, { memory, model, parameters, prompt }: InlineMemory): Promise<string> {
  if (!memory || node.run.conversationId === undefined) return ''
  const promptTokens = model.entry.contextSize ? await model.countTokens(prompt) : 0
  const history = await node.services.memory.history({
    model,
    maxTokens: leftTokens(model, parameters, promptTokens),
    messageLimit: memory.window?.size ?? undefined,
  })
  return toHistoryText(history, SPEAKERS)
}
