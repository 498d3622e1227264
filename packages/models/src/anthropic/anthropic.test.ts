import { createEgress } from '@trellis/kit'
import type { ModelCall } from '@trellis/spec'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeProvider, startFakeProvider } from '../conformance/fake-provider.ts'
import { collectEvents } from '../conformance/model-events.ts'
import { anthropicWire } from '../conformance/wires/anthropic.ts'
import { anthropicProvider } from './index.ts'

describe('what anthropic is told', () => {
  let provider: FakeProvider
  const egress = createEgress({ modelEndpointAllowPrivate: true })
  beforeAll(async () => {
    provider = await startFakeProvider(anthropicWire)
  })
  afterAll(async () => {
    await egress.close()
    await provider.close()
  })

  async function bodyOf(model: string, call: Partial<ModelCall>): Promise<unknown> {
    const client = anthropicProvider.createClient({ anthropic_api_key: 'key', anthropic_api_url: `${provider.url}/v1/` }, { egress })
    const stream = client
      .languageModel?.(model)
      .stream({ messages: [{ role: 'user', content: 'Hi' }], parameters: {}, ...call }, new AbortController().signal)
    if (stream !== undefined) await collectEvents(stream)
    return provider.lastBody()
  }

  it('thinks within its budget where a model has one', async () => {
    const body = await bodyOf('claude-haiku-4-5', { parameters: { thinking: true, thinking_budget: 2_048, max_tokens: 1_000 } })
    expect(body).toMatchObject({ thinking: { type: 'enabled', budget_tokens: 2_048 }, max_tokens: 3_048 })
  })

  it('thinks as much as it sees fit where it has none, and shows it', async () => {
    const body = await bodyOf('claude-opus-5-5', { parameters: { effort: 'low' }, user: 'user-1' })
    expect(body).toMatchObject({
      thinking: { type: 'adaptive', display: 'summarized' },
      output_config: { effort: 'low' },
      metadata: { user_id: 'user-1' },
    })
  })

  it('does not think unless it is told to', async () => {
    expect(await bodyOf('claude-haiku-4-5', {})).not.toHaveProperty('thinking')
  })

  it('is asked in words for JSON without a schema', async () => {
    const body = await bodyOf('claude-haiku-4-5', { responseFormat: { type: 'json' } })
    expect(JSON.stringify(body)).toContain('one JSON object and nothing else')
  })

  it('goes on from a tool result without a thinking budget, since the thoughts before it are not kept', async () => {
    const call = { id: 'call_1', name: 'get_weather', arguments: '{}' }
    const body = await bodyOf('claude-haiku-4-5', {
      parameters: { thinking: true },
      messages: [
        { role: 'user', content: 'Weather?' },
        { role: 'assistant', content: '', toolCalls: [call] },
        { role: 'tool', toolCallId: 'call_1', toolName: 'get_weather', content: 'sunny' },
      ],
    })
    expect(body).not.toMatchObject({ thinking: { type: 'enabled' } })
  })

  it('is validated by a question where the address has no list of models', async () => {
    const proxy = await startFakeProvider(anthropicWire, { hasModelList: false })
    const client = anthropicProvider.createClient({ anthropic_api_key: 'key', anthropic_api_url: proxy.url }, { egress })
    await expect(client.validate(new AbortController().signal)).resolves.toBeUndefined()
    expect(proxy.lastRequest().maxTokens).toBe(1)

    proxy.play({ type: 'failure', failure: 'bad-key' })
    await expect(client.validate(new AbortController().signal)).rejects.toMatchObject({ kind: 'authorization' })
    await proxy.close()
  })
})
