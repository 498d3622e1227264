import { type SpokenChatEvent, spokenChatEventSchema, spokenCompletionEventSchema } from '@trellis/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeOpenai, startFakeOpenai } from '../../../../../tools/fake-openai/index.ts'
import {
  type ConsoleSession,
  type Frame,
  readFrames,
  sendJson,
  startTestServer,
  type TestApp,
  type TestServer,
} from '../../testing/test-server.ts'

const aloud = { text_to_speech: { enabled: true, voice: 'coral', language: 'en-US', autoPlay: 'enabled' } }
const asked = { text_to_speech: { enabled: true, voice: 'coral', language: 'en-US', autoPlay: 'disabled' } }

describe('answers of apps that speak by themselves', () => {
  let server: TestServer
  let session: ConsoleSession
  let provider: FakeOpenai
  let app: TestApp

  beforeAll(async () => {
    provider = await startFakeOpenai({ text: 'So **much** to say. '.repeat(10), retry: 0, respond: faultOf })
    server = await startTestServer()
    session = await server.setup()
    const credentials = { openai_api_key: 'sk-0123456789', openai_api_base: provider.url }
    await session.send('POST', '/workspaces/current/model-providers/openai/credentials', { credentials })
    app = await server.createApp(session, { mode: 'chat', config: aloud })
    // The run leaves its place to its speech.
    await session.send('PATCH', `/apps/${app.id}/limits`, { max_active_requests: 1 })
  })
  afterAll(async () => {
    await server.close()
    await provider.close()
  })

  const open = (of: TestApp, query: string, headers?: Readonly<Record<string, string>>) =>
    of.fetch('POST', '/chat-messages', { inputs: {}, query, user: 'ann', response_mode: 'streaming', auto_generate_name: false }, headers)
  const ask = async (of: TestApp, query: string, headers?: Readonly<Record<string, string>>) => readFrames(await open(of, query, headers))
  const speeches = () => provider.requests.filter(({ path }) => path.endsWith('/speech'))
  const complaints = () =>
    server
      .lines()
      .filter(({ message }) => /spoken|speech/i.test(message))
      .map(({ message }) => message)

  it('bring their sound behind the end of the answer, which is as ever', async () => {
    const frames = await ask(app, 'Hi')
    const kinds = frames.map(({ data }) => data.event)
    const end = kinds.indexOf('message_end')
    expect(new Set(kinds.slice(0, end))).toEqual(new Set(['message']))
    expect(kinds.slice(end + 1, -1).length).toBeGreaterThan(5)
    expect(new Set(kinds.slice(end + 1, -1))).toEqual(new Set(['tts_message']))
    expect(kinds.at(-1)).toBe('tts_message_end')
    for (const { data } of frames) expect(spokenChatEventSchema.parse(data)).toEqual(data)
    expect(new Set(frames.map(({ data }) => `${data.task_id} ${data.conversation_id} ${data.created_at}`)).size).toBe(1)

    const messageId: string = frames[0]?.data.message_id
    expect(speeches().at(-1)?.body).toMatchObject({ voice: 'coral', input: 'So much to say. '.repeat(10).trim() })
    const whole = await app.fetch('POST', '/text-to-audio', { message_id: messageId, user: 'ann' })
    const sound = Buffer.from(await whole.arrayBuffer())
    expect(Buffer.concat(soundsOf(frames).map((audio) => Buffer.from(audio, 'base64')))).toEqual(sound)
    // So it is for whoever joins before decoding.
    expect(Buffer.from(soundsOf(frames).join(''), 'base64')).toEqual(sound)
    for (const audio of soundsOf(frames).slice(0, -1)) expect(audio).toHaveLength(21_844)

    const calls = () =>
      server.process.platform.database.db
        .selectFrom('model_calls')
        .select(['purpose', 'app_id', 'api_key_id', 'end_user_id', 'outcome'])
        .where('message_id', '=', messageId)
        .orderBy('created_at')
        .execute()
    await expect.poll(async () => (await calls()).map(({ purpose }) => purpose)).toEqual(['turn', 'speech', 'speech'])
    const [turn, speech] = await calls()
    expect(speech).toEqual({ ...turn, purpose: 'speech' })
  })

  it('have no ids to continue from in what is spoken, and a stream that is continued is silent', async () => {
    const frames = await ask(app, 'Hi', { 'x-stream-ids': '1' })
    const isSound = ({ data }: Frame) => data.event.startsWith('tts_')
    expect(frames.filter(isSound).every(({ id }) => id === undefined)).toBe(true)
    expect(frames.filter((frame) => !isSound(frame)).every(({ id }) => id !== undefined)).toBe(true)
    const path = `/messages/${frames[0]?.data.message_id}/events?user=ann`
    const again = await readFrames(await app.fetch('GET', path, undefined, { 'last-event-id': frames[0]?.id ?? '' }))
    expect(again.at(-1)?.data.event).toBe('message_end')
  })

  it('are those of text generators too', async () => {
    const writer = await server.createApp(session, { mode: 'completion', config: aloud })
    const frames = await readFrames(
      await writer.fetch('POST', '/completion-messages', { inputs: { query: 'Hi' }, user: 'ann', response_mode: 'streaming' }),
    )
    expect(frames.at(-1)?.data.event).toBe('tts_message_end')
    expect(soundsOf(frames).length).toBeGreaterThan(5)
    for (const { data } of frames) expect(spokenCompletionEventSchema.parse(data)).toEqual(data)
  })

  it('are silent where the app speaks only when asked to, on pages, and in one piece', async () => {
    const quiet = await server.createApp(session, { mode: 'chat', config: asked })
    const before = speeches().length
    expect((await ask(quiet, 'Hi')).at(-1)?.data.event).toBe('message_end')
    const { status, body } = await app.send('POST', '/chat-messages', { inputs: {}, query: 'Hi', user: 'ann', auto_generate_name: false })
    expect([status, body.event]).toEqual([200, 'message'])
    const passport = (await sendJson(`${server.url}/api/passport`, 'GET', undefined, { 'x-app-code': app.code })).body.access_token
    const page = await fetch(`${server.url}/api/chat-messages`, {
      method: 'POST',
      headers: { 'x-app-passport': passport, 'content-type': 'application/json' },
      body: JSON.stringify({ inputs: {}, query: 'Hi', response_mode: 'streaming' }),
    })
    expect((await readFrames(page)).at(-1)?.data.event).toBe('message_end')
    expect(speeches()).toHaveLength(before)
  })

  it('are silent where they failed or were stopped', async () => {
    const before = speeches().length
    expect((await ask(app, 'fail')).at(-1)?.data.event).toBe('error')
    const stream = await open(app, 'wait')
    const reader = stream.body?.getReader() ?? expect.fail('No stream')
    const first = new TextDecoder().decode((await reader.read()).value)
    const { task_id: taskId } = JSON.parse(first.slice(first.indexOf('{'), first.indexOf('\n')))
    await app.send('POST', `/chat-messages/${taskId}/stop`, { user: 'ann' })
    let rest = ''
    for (let next = await reader.read(); !next.done; next = await reader.read()) rest += new TextDecoder().decode(next.value)
    expect(rest).toContain('message_end')
    expect(rest).not.toContain('tts_')
    expect(speeches()).toHaveLength(before)
  })

  it.each(['too loud', 'break off'])('come whole where the voice fails: %s', async (answer) => {
    const before = complaints().length
    const frames = await ask(app, answer)
    expect(frames.map(({ data }) => data.event).slice(-2)).toEqual(['message_end', 'tts_message_end'])
    expect(complaints().slice(before)).toEqual(['An answer was not spoken to its end'])
  })

  it('are spoken no further to a caller that leaves', async () => {
    const before = complaints().length
    const stream = await open(app, 'hesitate')
    await expect.poll(() => speeches().at(-1)).toMatchObject({ outcome: 'open', body: { input: 'I hesitate' } })
    await stream.body?.cancel()
    await expect.poll(() => speeches().at(-1)?.outcome).toBe('aborted')
    // Its place is free again.
    await expect.poll(async () => (await ask(app, 'Hi')).at(-1)?.data.event).toBe('tts_message_end')
    expect(complaints()).toHaveLength(before)
  })
})

const soundsOf = (frames: readonly Frame[]): readonly string[] =>
  frames.flatMap(({ data }: { readonly data: SpokenChatEvent }) => (data.event === 'tts_message' ? [data.audio] : []))

/** What is asked for by the question, and of the voice by the answer. */
function faultOf({ path, body }: { readonly path: string; readonly body: unknown }) {
  const said = JSON.stringify(body ?? '')
  if (path.endsWith('/speech')) {
    if (said.includes('too loud')) return { fault: 'rate-limit' } as const
    if (said.includes('break off')) return { fault: 'reset' } as const
    return said.includes('hesitate') ? ({ fault: 'stall' } as const) : {}
  }
  if (said.includes('fail')) return { fault: 'error-midstream' } as const
  if (said.includes('wait')) return { fault: 'stall' } as const
  const echoed = ['too loud', 'break off', 'hesitate'].find((answer) => said.includes(answer))
  return echoed === undefined ? {} : { text: `I ${echoed}` }
}
