import { createEgress } from '@trellis/kit'
import type { ModelCall, ModelEvent } from '@trellis/spec'
import { describe, expect, it } from 'vitest'
import { describeEmbeddingModel } from '../conformance/describe-embedding-model.ts'
import { describeOfflineLanguageModel } from '../conformance/describe-offline-language-model.ts'
import { describeRerankModel } from '../conformance/describe-rerank-model.ts'
import { createDemoChatModel } from './chat-model.ts'
import { demoProvider } from './index.ts'

function createClient() {
  return demoProvider.createClient({}, { egress: createEgress({ modelEndpointAllowPrivate: true }) })
}

describeOfflineLanguageModel({ name: 'demo', create: createDemoChatModel })
describeEmbeddingModel({
  name: 'demo',
  create: () => createClient().embeddingModel?.('demo-embedding'),
})
describeRerankModel({
  name: 'demo',
  create: () => createClient().rerankModel?.('demo-rerank'),
})

describe('the demo chat model', () => {
  const call = (parameters: Record<string, unknown>, more: Partial<ModelCall> = {}): ModelCall => ({
    messages: [{ role: 'user', content: 'What can you do?' }],
    parameters,
    ...more,
  })

  async function collect(modelCall: ModelCall): Promise<readonly ModelEvent[]> {
    const events: ModelEvent[] = []
    for await (const event of createDemoChatModel().stream(modelCall, new AbortController().signal)) events.push(event)
    return events
  }

  it('says the same to the same, word by word, and marks its usage as estimated', async () => {
    const first = await collect(call({ delay_ms: 0 }))
    expect(await collect(call({ delay_ms: 0 }))).toEqual(first)
    expect(first.length).toBeGreaterThan(50)
    expect(first.at(-1)).toMatchObject({ type: 'finish', reason: 'stop', usage: { promptTokens: 4, isEstimated: true } })
  })

  it('stops at max_tokens', async () => {
    const events = await collect(call({ delay_ms: 0, max_tokens: 3 }))
    expect(events).toHaveLength(4)
    expect(events.at(-1)).toMatchObject({ reason: 'length', usage: { completionTokens: 3 } })
  })
})
