import type { Dict } from '@trellis/values'
import { llmNode } from '../llm/node.ts'
import { type FakeModelOptions, fakeModels } from './fake-models.ts'
import { type NodeRunOptions, runNode } from './run-node.ts'

export const llmModel = { provider: 'p', name: 'm', mode: 'chat', completion_params: {} }
export const userText = (text: string): Dict => ({ role: 'user', text })
export const inConversation: NodeRunOptions = { run: { conversationId: 'c' } }

/** Runs an llm node that says "Hi", with what else its data has, against a model that answers as told. */
export async function askLlm(data: Dict, { options = {}, ...fake }: FakeModelOptions & { readonly options?: NodeRunOptions } = {}) {
  const models = fakeModels(fake)
  const run = await runNode(
    llmNode,
    { model: llmModel, prompt_template: [userText('Hi')], context: { enabled: false }, ...data },
    { services: models.services, ...options },
  )
  return { ...run, ...models, messages: models.calls[0]?.messages }
}
