import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FakeBehaviour } from '../../../../tools/fake-openai/index.ts'
import { answerOf, createFaultyChat, type FaultyChat } from './faulty-provider.ts'
import { type ConsoleSession, startTestServer, type TestServer } from './test-server.ts'

/** A fault, what the caller is told, and how often the provider is asked for one turn. */
type Fault = readonly [name: string, behaviour: Partial<FakeBehaviour>, told: RegExp, requests: number]

const beforeTheFirstWord: readonly Fault[] = [
  ['a refused key', { fault: 'unauthorized' }, /refused the credentials: .*Incorrect API key/, 1],
  ['a forbidden model', { fault: 'forbidden' }, /refused the credentials: .*may not use/, 1],
  ['an unknown model', { fault: 'model-not-found' }, /refused the request: .*does not exist/, 1],
  ['a prompt that is too long', { fault: 'context-length' }, /too long for this model/, 1],
  ['a refused prompt', { fault: 'prompt-filter' }, /refused the content/, 1],
  ['a rate limit', { fault: 'rate-limit', retry: 0 }, /rate limit is reached/, 3],
  ['a rate limit that asks for more patience than there is', { fault: 'rate-limit', retry: 60 }, /rate limit is reached/, 1],
  ['an error of the provider', { fault: 'server-error', retry: 0 }, /not able to answer now/, 3],
  ['an overloaded provider', { fault: 'unavailable', retry: 0 }, /not able to answer now/, 3],
  ['a page of HTML', { fault: 'html' }, /not able to answer now/, 3],
  ['garbage', { fault: 'garbage' }, /provider/, 3],
  ['what is no JSON', { fault: 'not-json' }, /provider/, 3],
  ['an empty answer', { fault: 'empty' }, /without content/, 3],
]

const inMidStream: readonly Fault[] = [
  ['an error', { fault: 'error-midstream' }, /in the middle of the answer/, 1],
  // At a pace: a reset takes along what is still under way.
  ['a reset connection', { fault: 'reset', rate: 20 }, /broke off/, 1],
  ['an end without a finish', { fault: 'cut-short' }, /broke off/, 1],
  ['garbage', { fault: 'garbage-midstream' }, /provider/, 1],
  ['half a frame', { fault: 'truncated-json' }, /provider/, 1],
]

describe('a provider that fails', () => {
  let server: TestServer
  let session: ConsoleSession
  let chat: FaultyChat
  beforeAll(async () => {
    server = await startTestServer()
    session = await server.setup()
    chat = await createFaultyChat(server, session)
  })
  afterAll(async () => {
    await chat.provider.close()
    await server.close()
  })

  async function openConversation(): Promise<string> {
    chat.behave({ text: 'Good day' })
    const { status, body } = await chat.ask()
    expect(status).toBe(200)
    return String(body['conversation_id'])
  }

  /** Nothing stays stuck: the next turn is answered, and the failed ones are told as such. */
  async function expectGoesOn(conversationId: string, failed: readonly { readonly answer: string; readonly error: unknown }[]) {
    chat.behave({ text: 'Good day again' })
    expect((await chat.ask(conversationId)).body).toMatchObject({ answer: 'Good day again' })
    const messages = await chat.messages(conversationId)
    expect(messages).toHaveLength(failed.length + 2)
    expect(messages.slice(1, -1)).toEqual(failed.map((turn) => expect.objectContaining({ status: 'error', ...turn })))
    expect(messages.at(-1)).toMatchObject({ status: 'normal', error: null, answer: 'Good day again' })
  }

  describe.each([
    { when: 'before the first word', faults: beforeTheFirstWord, said: '' },
    { when: 'in mid-stream', faults: inMidStream, said: 'one two three' },
  ])('$when', ({ faults, said }) => {
    it.each(faults)('with %s: a coded error, streamed and whole, and the conversation goes on', async (_, behaviour, told, requests) => {
      const conversationId = await openConversation()
      const before = chat.provider.requests.length
      chat.behave({ text: 'one two three four five six', after: 3, ...behaviour })
      const [frames, whole] = await Promise.all([chat.stream(conversationId), chat.ask(conversationId)])
      expect(chat.provider.requests.length - before).toBe(2 * requests)

      const error = { code: 'completion_request_error', status: 400, message: expect.stringMatching(told) }
      expect(answerOf(frames)).toBe(said)
      expect(frames.at(-1)?.data).toMatchObject({ event: 'error', ...error })
      expect(frames.some(({ data }) => data.event === 'message_end')).toBe(false)
      expect(whole).toMatchObject({ status: 400, body: error })
      expect(JSON.stringify([frames.at(-1), whole.body])).not.toMatch(/\.ts:|node_modules|sk-secret/)

      const failed = { answer: said, error: expect.stringMatching(told) }
      await expectGoesOn(conversationId, [failed, failed])
    })
  })

  it('that cannot be reached at all is told so', async () => {
    const gone = await createFaultyChat(server, session)
    await gone.provider.close()
    const frames = await gone.stream()
    expect(frames).toMatchObject([{ data: { event: 'error', code: 'completion_request_error', message: /could not be reached/ } }])
    expect(await gone.messages(frames[0]?.data.conversation_id)).toMatchObject([{ status: 'error', answer: '' }])
  })

  it.each(['rate-limit', 'unavailable', 'server-error'] as const)('once (%s) is asked again, and nobody notices', async (fault) => {
    chat.behave({ text: 'Good day', fault, times: 1 })
    const frames = await chat.stream()
    expect(answerOf(frames)).toBe('Good day')
    expect(frames.at(-1)?.data).toMatchObject({ event: 'message_end' })
  })

  it.each([
    ['is slow with its headers', { fault: 'slow-headers', delay: 400, text: 'Good day' }, 'Good day'],
    ['filters the rest of its answer', { fault: 'content-filter', after: 2, text: 'one two three' }, 'one two'],
    ['does not say that it is done', { fault: 'no-done', text: 'Good day' }, 'Good day'],
    ['cuts its frames anywhere', { split: 3, text: 'Grüße, 世界 🌍!' }, 'Grüße, 世界 🌍!'],
  ] as const)('a little, because it %s, has answered all the same', async (_, behaviour, answer) => {
    chat.behave(behaviour)
    const frames = await chat.stream()
    expect(answerOf(frames)).toBe(answer)
    expect(frames.at(-1)?.data).toMatchObject({ event: 'message_end' })
    expect(await chat.messages(frames.at(-1)?.data.conversation_id)).toMatchObject([{ status: 'normal', answer }])
  })
})

describe('a provider that keeps a run beyond its time', () => {
  let server: TestServer
  let chat: FaultyChat
  beforeAll(async () => {
    server = await startTestServer({ env: { APP_MAX_EXECUTION_TIME: '1' } })
    chat = await createFaultyChat(server, await server.setup())
  })
  afterAll(async () => {
    await chat.provider.close()
    await server.close()
  })

  it.each([
    ['never answers', { fault: 'hang' }, ''],
    ['falls silent', { fault: 'stall', after: 2, text: 'one two three' }, 'one two'],
    ['never comes to an end', { rate: 10, tokens: 1000 }, undefined],
  ] as const)('because it %s', async (_, behaviour, said) => {
    chat.behave(behaviour)
    const [frames, whole] = await Promise.all([chat.stream(), chat.ask()])
    const error = { code: 'completion_request_error', status: 400, message: expect.stringContaining('APP_MAX_EXECUTION_TIME') }
    expect(frames.at(-1)?.data).toMatchObject({ event: 'error', ...error })
    expect(whole).toMatchObject({ status: 400, body: error })
    const answer = answerOf(frames)
    if (said === undefined) expect(answer).toMatch(/^the model/)
    else expect(answer).toBe(said)
    const conversationId = frames.at(-1)?.data.conversation_id
    expect(await chat.messages(conversationId)).toMatchObject([{ status: 'error', answer, error: error.message }])
    // The provider is let go as well.
    await expect.poll(() => chat.provider.stats().openStreams).toBe(0)
    chat.behave({ text: 'Good day' })
    expect((await chat.ask(conversationId)).body).toMatchObject({ answer: 'Good day' })
  })
})
