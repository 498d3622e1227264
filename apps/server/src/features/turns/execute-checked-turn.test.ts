import { AppError, type RunEvent } from '@trellis/contracts'
import type { AppsTable } from '@trellis/db'
import type { ModelCall } from '@trellis/spec'
import { describe, expect, it } from 'vitest'
import { noUsage } from '../../http/compat/answer-sources.ts'
import type { ResolvedLanguageModel } from '../models/index.ts'
import type { AbortReason } from '../runs/index.ts'
import { executeCheckedTurn } from './execute-checked-turn.ts'
import type { AskedTurn, Preflight, PreflightVerdict } from './preflight.ts'
import { TurnText } from './turn-text.ts'

const asked: AskedTurn = {
  // Preflights of this test ask nothing of it.
  app: { id: 'app' } as AppsTable,
  config: {},
  inputs: { name: 'Ada' },
  query: 'Who am I?',
  files: [],
  endUserId: 'u',
  accountId: null,
  apiKeyId: null,
  runId: 'r',
  invokeFrom: 'service-api',
  conversationId: 'c',
  messageId: 'm',
}

/** Runs a turn past preflights; the model repeats what it is sent. */
async function run(checks: readonly Preflight['check'][], controller = new AbortController()) {
  const text = new TurnText()
  const events: RunEvent[] = []
  const sent: ModelCall[] = []
  const kept: unknown[] = []
  const model: ResolvedLanguageModel = {
    provider: 'p',
    model: 'm',
    entry: { model: 'm', label: { en_US: 'M' }, type: 'llm', features: [], parameterRules: [] },
    isPriced: false,
    async *stream(call) {
      sent.push(call)
      yield { type: 'text-delta', text: String(call.messages[0]?.content) }
      yield { type: 'finish', reason: 'stop', usage: { promptTokens: 1, completionTokens: 1 } }
    },
    usageOf: (tokens) => ({ ...noUsage, totalTokens: tokens.promptTokens + tokens.completionTokens }),
  }
  const outcome = await executeCheckedTurn(model, {
    context: { runId: 'r', signal: controller.signal, checkpoint: async () => undefined, emit: (event) => events.push(event) },
    times: { arrivedAt: performance.now(), databaseMs: 0 },
    text,
    preflights: checks.map((check) => ({ isOn: () => true, check })),
    outputCheck: undefined,
    asked,
    keepChanged: async (left) => void kept.push(left),
    prepare: async ({ inputs, query, additions }) => {
      const name = [inputs['name'], ...Object.values(additions)].join(' ')
      return { messages: [{ role: 'user', content: `${name}: ${query}` }], parameters: {} }
    },
  })
  return { outcome, sent, kept, answer: text.answer, pieces: events.map((event) => event.type === 'text-delta' && event.text) }
}

const say = (verdict: PreflightVerdict) => async (): Promise<PreflightVerdict> => verdict
const pass = say({ type: 'pass' })

describe('executeCheckedTurn', () => {
  it('asks the model what all have passed', async () => {
    const { outcome, answer } = await run([pass, pass])
    expect(answer).toBe('Ada: Who am I?')
    expect(outcome).toMatchObject({ status: 'succeeded', usage: { totalTokens: 2 } })
  })

  it('shows each what the one before it left, and sends what the last left', async () => {
    const seen: unknown[] = []
    const { answer, kept } = await run([
      async ({ query }) => ({ type: 'pass', query: query.toUpperCase() }),
      async ({ inputs, query }) => {
        seen.push({ inputs, query })
        return { type: 'pass', inputs: { name: 'A.' } }
      },
    ])
    expect(seen).toEqual([{ inputs: { name: 'Ada' }, query: 'WHO AM I?' }])
    expect(answer).toBe('A.: WHO AM I?')
    expect(kept).toEqual([{ inputs: { name: 'A.' }, query: 'WHO AM I?' }])
  })

  it('keeps what was changed before somebody answered, and nothing where nothing was', async () => {
    const masked = await run([say({ type: 'pass', query: 'Who is ***?' }), say({ type: 'answer', text: 'Nobody' })])
    expect(masked.kept).toEqual([{ inputs: { name: 'Ada' }, query: 'Who is ***?' }])
    const same = await run([say({ type: 'pass', query: 'Who am I?', inputs: { name: 'Ada' }, additions: { weather: 'rain' } })])
    expect(same.kept).toEqual([])
  })

  it('gathers what the prompt has beside the inputs', async () => {
    const more = [say({ type: 'pass', additions: { weather: 'in the rain' } }), say({ type: 'pass', additions: { time: 'at night' } })]
    expect((await run(more)).answer).toBe('Ada in the rain at night: Who am I?')
  })

  it('ends with the first answer: nobody after it is asked, the model neither', async () => {
    const annotation_reply = { id: 'a', account: { id: 'x', name: 'Grace' } }
    const { outcome, sent, answer, pieces } = await run([
      pass,
      say({ type: 'answer', text: 'No 🌱', metadata: { annotation_reply } }),
      async () => {
        throw new AppError('internal_server_error')
      },
    ])
    expect(sent).toEqual([])
    expect(answer).toBe('No 🌱')
    expect(pieces).toEqual(['N', 'o', ' ', '🌱'])
    expect(outcome).toMatchObject({ status: 'succeeded', usage: { totalTokens: 0 }, annotationReply: annotation_reply })
  })

  it('fails with the failure of one', async () => {
    const failure = new AppError('invalid_param')
    await expect(run([() => Promise.reject(failure)])).rejects.toBe(failure)
  })

  it.each([
    ['stop', { status: 'stopped', usage: { totalTokens: 0 } }],
    ['timeout', { status: 'failed', error: { code: 'run_timeout' } }],
    ['shutdown', { status: 'interrupted', error: { code: 'run_interrupted' } }],
  ] as const)('is ended by %s while one looks, whatever that says then', async (reason: AbortReason, end) => {
    const controller = new AbortController()
    const { outcome, sent } = await run(
      [
        async () => {
          controller.abort(reason)
          return { type: 'pass' }
        },
      ],
      controller,
    )
    expect(outcome).toMatchObject(end)
    expect(sent).toEqual([])
  })
})
