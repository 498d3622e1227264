import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeOnServers } from './describe-on-servers.ts'
import { answerOf, createFaultyChat, type FaultyChat, readStream, USER } from './faulty-provider.ts'
import { startTestServer } from './test-server.ts'

await describeOnServers('a caller', {}, (server) => {
  let chat: FaultyChat
  beforeAll(async () => {
    chat = await createFaultyChat(server(), await server().setup())
  })
  afterAll(() => chat.provider.close())

  const stop = (taskId: string, user = USER) => chat.app.send('POST', `/chat-messages/${taskId}/stop`, { user })

  it('who leaves in mid-stream stops nothing', async () => {
    chat.behave({ rate: 100, text: 'one two three four five six seven eight nine ten' })
    const stream = await chat.open()
    const [first] = await stream.read(1)
    await stream.leave()
    await expect
      .poll(async () => (await chat.messages(first?.data.conversation_id))[0])
      .toMatchObject({ status: 'normal', answer: 'one two three four five six seven eight nine ten' })
  })

  it('who stops gets what was said, and its usage', async () => {
    chat.behave({ rate: 50, tokens: 5000 })
    const stream = await chat.open()
    const { task_id, conversation_id } = (await stream.read(3))[0]?.data ?? {}
    expect(await stop(task_id)).toMatchObject({ status: 200, body: { result: 'success' } })
    expect(await stop(task_id)).toMatchObject({ status: 200, body: { result: 'success' } })
    const frames = await stream.read()
    const usage = frames.at(-1)?.data.metadata.usage
    expect(frames.at(-1)?.data.event).toBe('message_end')
    expect(usage.completion_tokens).toBeGreaterThan(0)
    expect(usage.total_tokens).toBe(usage.prompt_tokens + usage.completion_tokens)
    expect(await chat.messages(conversation_id)).toMatchObject([{ status: 'normal', answer: answerOf(frames) }])
    await expect.poll(() => chat.provider.stats().openStreams).toBe(0)
    // Over: nothing left to stop.
    expect(await stop(task_id)).toMatchObject({ status: 200 })
    chat.behave({ text: 'Good day' })
    expect((await chat.ask(conversation_id)).body).toMatchObject({ answer: 'Good day' })
  })

  it('cannot stop what is somebody else’s, or what is not there', async () => {
    chat.behave({ rate: 50, tokens: 30 })
    const stream = await chat.open()
    const { task_id } = (await stream.read(1))[0]?.data ?? {}
    expect(await stop(task_id, 'somebody else')).toMatchObject({ status: 200, body: { result: 'success' } })
    expect(await stop('00000000-0000-7000-8000-000000000000')).toMatchObject({ status: 200, body: { result: 'success' } })
    expect(await stop('nonsense')).toMatchObject({ status: 200, body: { result: 'success' } })
    const frames = await stream.read()
    expect(frames.at(-1)?.data.metadata.usage.completion_tokens).toBe(30)
  })

  it('who was cut off reads on while the answer is being written, and nothing more after its end', async () => {
    chat.behave({ rate: 50, tokens: 40 })
    const body = { inputs: {}, query: 'Hello', user: USER, response_mode: 'streaming' }
    const stream = readStream(await chat.app.fetch('POST', '/chat-messages', body, { 'x-stream-ids': '1' }))
    const seen = await stream.read(5)
    await stream.leave()
    const last = seen.at(-1)
    const path = `/messages/${last?.data.message_id}/events?user=${USER}`
    const rest = await readStream(await chat.app.fetch('GET', path, undefined, { 'last-event-id': last?.id ?? '' })).read()
    const whole = answerOf([...seen, ...rest])
    expect(whole.split(' ')).toHaveLength(40)
    expect(rest.at(-1)?.data.event).toBe('message_end')
    expect(await chat.messages(last?.data.conversation_id)).toMatchObject([{ answer: whole }])
    const end = { 'last-event-id': rest.at(-1)?.id ?? '' }
    expect(await readStream(await chat.app.fetch('GET', path, undefined, end)).read()).toEqual([])
    const stranger = await chat.app.send('GET', path.replace(USER, 'stranger'))
    expect(stranger).toMatchObject({ status: 404, body: { code: 'not_found' } })
  })
})

describe('a server that is told to end in mid-stream', () => {
  it('ends what goes on after the grace time, tells so, and knows it afterwards', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'trellis-server-'))
    const server = await startTestServer({ folder, env: { SHUTDOWN_GRACE_SECONDS: '1' } })
    const chat = await createFaultyChat(server, await server.setup())
    chat.behave({ rate: 50, tokens: 5000 })
    const stream = await chat.open()
    const [first] = await stream.read(1)
    const closing = server.close()
    const frames = await stream.read()
    await closing
    expect(frames.at(-1)?.data).toMatchObject({ event: 'error', code: 'run_interrupted', status: 500 })

    const next = await startTestServer({ folder })
    const messages = `${next.url}/v1/messages?conversation_id=${first?.data.conversation_id}&user=${USER}`
    const reply = await fetch(messages, { headers: { authorization: `Bearer ${chat.app.key}` } })
    expect(await reply.json()).toMatchObject({ data: [{ status: 'error', answer: answerOf(frames), error: /stopped while/ }] })
    await next.close()
    await chat.provider.close()
    await rm(folder, { recursive: true })
  })
})
