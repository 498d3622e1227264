import { AppError, type RunEvent, type Usage } from '@trellis/contracts'
import type { ModelEvent, TokenUsage } from '@trellis/spec'
import { describe, expect, it } from 'vitest'
import type { ResolvedLanguageModel } from '../models/index.ts'
import type { AbortReason } from '../runs/index.ts'
import { executeTurn } from './execute-turn.ts'
import { TurnText } from './turn-text.ts'

const toUsage = (tokens: TokenUsage, timing: { readonly latencyMs: number; readonly firstTokenMs: number | null }): Usage => ({
  promptTokens: tokens.promptTokens,
  completionTokens: tokens.completionTokens,
  totalTokens: tokens.promptTokens + tokens.completionTokens,
  promptPriceNano: 0,
  completionPriceNano: 0,
  totalPriceNano: 0,
  promptUnitPriceNano: 0,
  completionUnitPriceNano: 0,
  priceUnitTokens: 1000,
  currency: 'USD',
  ...timing,
})

const say = (text: string): ModelEvent => ({ type: 'text-delta', text })
const think = (text: string): ModelEvent => ({ type: 'reasoning-delta', text })
const finish: ModelEvent = { type: 'finish', reason: 'stop', usage: { promptTokens: 7, completionTokens: 3 } }

/** Runs a turn on a model that says the events and then, where one is given, fails or is aborted. */
async function run(said: readonly ModelEvent[], end: { readonly failure?: AppError; readonly abort?: AbortReason } = {}) {
  const controller = new AbortController()
  const text = new TurnText()
  const events: RunEvent[] = []
  const model: ResolvedLanguageModel = {
    provider: 'p',
    model: 'm',
    entry: { model: 'm', label: { en_US: 'M' }, type: 'llm', features: [], parameterRules: [] },
    isPriced: false,
    async *stream(_call, signal) {
      yield* said
      if (end.abort) controller.abort(end.abort)
      signal.throwIfAborted()
      if (end.failure) throw end.failure
    },
    usageOf: toUsage,
  }
  const outcome = executeTurn(
    model,
    { messages: [{ role: 'user', content: 'four' }], parameters: {} },
    {
      context: { runId: 'r', signal: controller.signal, checkpoint: async () => undefined, emit: (event) => events.push(event) },
      times: { arrivedAt: performance.now(), databaseMs: 0 },
      text,
    },
  )
  return { outcome, text, pieces: () => events.map((event) => event.type === 'text-delta' && event.text) }
}

describe('executeTurn', () => {
  it('tells the answer piece by piece and keeps it', async () => {
    const { outcome, text, pieces } = await run([say('Hel'), say(''), say('lo'), finish])
    expect(await outcome).toMatchObject({ status: 'succeeded', usage: { promptTokens: 7, completionTokens: 3 } })
    expect(pieces()).toEqual(['Hel', 'lo'])
    expect(text.answer).toBe('Hello')
  })

  it('says where the answer was cut at the limit of tokens', async () => {
    const cut = await run([say('Hel'), { ...finish, reason: 'length' }])
    expect(await cut.outcome).toMatchObject({ status: 'succeeded', isCut: true })
    expect(await (await run([say('Hello'), finish])).outcome).not.toHaveProperty('isCut')
  })

  it.each([
    ['before the answer', [think('h'), think('m'), say('Yes')], '<think>\nhm\n</think>\n\nYes'],
    ['between its parts', [say('A'), think('hm'), say('B')], 'A<think>\nhm\n</think>\n\nB'],
    ['instead of one', [think('hm')], '<think>\nhm\n</think>'],
  ])('puts tags around a thought %s', async (_title, said, answer) => {
    const { outcome, text, pieces } = await run([...said, finish])
    await outcome
    expect(text.answer).toBe(answer)
    expect(pieces().join('')).toBe(answer)
  })

  it('measures no first token where nothing was said', async () => {
    const { outcome } = await run([finish])
    expect(await outcome).toMatchObject({ usage: { firstTokenMs: null }, ledger: { providerStreamMs: 0 } })
  })

  it('estimates what a stopped answer used', async () => {
    const { outcome, text } = await run([say('eight ch')], { abort: 'stop' })
    expect(await outcome).toMatchObject({ status: 'stopped', usage: { promptTokens: 5, completionTokens: 2 } })
    expect(text.answer).toBe('eight ch')
  })

  it.each([
    ['timeout', 'failed', 'run_timeout'],
    ['shutdown', 'interrupted', 'run_interrupted'],
    ['lost', 'interrupted', 'run_interrupted'],
  ] as const)('after an abort by %s has %s, with what was said', async (abort, status, code) => {
    const { outcome, text } = await run([think('hm'), say('half')], { abort })
    expect(await outcome).toMatchObject({ status, error: { code } })
    expect(text.answer).toBe('<think>\nhm\n</think>\n\nhalf')
  })

  it("fails with the model's failure", async () => {
    const failure = new AppError('completion_request_error')
    await expect((await run([say('half')], { failure })).outcome).rejects.toBe(failure)
  })
})
