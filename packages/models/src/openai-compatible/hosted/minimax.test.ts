import { describe, expect, it } from 'vitest'
import { collectEvents, reasoningIn, textIn } from '../../conformance/model-events.ts'
import { createFakeEgress } from '../fake-egress.ts'
import { minimaxProvider } from './minimax.ts'

const { signal } = new AbortController()
const call = { messages: [{ role: 'user', content: 'Hello' }], parameters: {} } as const

const stream = (...chunks: readonly object[]): string => chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('')

function ask(answer: { readonly status?: number; readonly body: string }) {
  const client = minimaxProvider.createClient({ minimax_api_key: 'key-0123456789' }, { egress: createFakeEgress(() => answer) })
  const model = client.languageModel?.('MiniMax-M2.5')
  if (model === undefined) throw new TypeError('MiniMax has no language model')
  return collectEvents(model.stream(call, signal))
}

describe('MiniMax', () => {
  it('says nothing twice, though its last chunk is the whole answer', async () => {
    const events = await ask({
      body: stream(
        { choices: [{ index: 0, delta: { role: 'assistant', content: '', reasoning_content: 'Greet.' } }], base_resp: { status_code: 0 } },
        { choices: [{ index: 0, delta: { content: 'Good ' } }] },
        { choices: [{ index: 0, delta: { content: 'day' } }] },
        {
          object: 'chat.completion',
          choices: [{ index: 0, finish_reason: 'stop', message: { content: 'Good day', reasoning_content: 'Greet.' } }],
          usage: { prompt_tokens: 9, completion_tokens: 5, total_tokens: 14 },
          base_resp: { status_code: 0, status_msg: '' },
        },
      ),
    })
    expect([textIn(events), reasoningIn(events)]).toEqual(['Good day', 'Greet.'])
    expect(events.at(-1)).toMatchObject({ type: 'finish', reason: 'stop', usage: { promptTokens: 9, completionTokens: 5 } })
  })

  it.each([
    [1004, 'login fail: Please carry the API secret key', 'authorization'],
    [2049, 'invalid api key', 'authorization'],
    [1008, 'insufficient balance', 'authorization'],
    [1002, 'request frequency over limit', 'rate-limit'],
    [1039, 'token limit', 'rate-limit'],
    [1026, 'input new_sensitive', 'content-refused'],
    [2013, 'invalid params, context window exceeds limit (2013)', 'context-length'],
    [2013, 'invalid params, bad temperature', 'bad-request'],
    [1000, 'unknown error', 'server-unavailable'],
  ])('tells code %i (%s), which comes with status 200, as %s', async (status_code, status_msg, kind) => {
    const body = JSON.stringify({ choices: null, base_resp: { status_code, status_msg } })
    await expect(ask({ body })).rejects.toMatchObject({ name: 'ProviderError', kind, message: status_msg })
    await expect(ask({ body: `data: ${body}\n\n` })).rejects.toMatchObject({ name: 'ProviderError', kind })
  })
})
