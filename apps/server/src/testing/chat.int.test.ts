import { beforeAll, expect, it } from 'vitest'
import { describeOnServers } from './describe-on-servers.ts'
import { readFrames, type TestApp } from './test-server.ts'

await describeOnServers('a chat app over the Service API', {}, (server) => {
  let app: TestApp
  beforeAll(async () => {
    app = await server().createApp(await server().setup(), { mode: 'chat' })
  })

  it('answers whole, with usage and ids', async () => {
    const { status, body } = await app.send('POST', '/chat-messages', { inputs: {}, query: 'Hello', user: 'u1' })
    expect(status).toBe(200)
    expect(body).toMatchObject({ event: 'message', mode: 'chat', metadata: { usage: { currency: 'USD' }, retriever_resources: [] } })
    expect(body.answer.length).toBeGreaterThan(0)
    expect(body.id).toBe(body.message_id)
  })

  it('streams deltas that add up, then message_end', async () => {
    const response = await app.fetch('POST', '/chat-messages', { inputs: {}, query: 'Hello', user: 'u1', response_mode: 'streaming' })
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    const frames = await readFrames(response)
    const last = frames.at(-1)?.data
    expect(last).toMatchObject({ event: 'message_end', metadata: { usage: {} }, files: null })
    expect(frames.slice(0, -1).every(({ data }) => data.event === 'message' && data.conversation_id === last.conversation_id)).toBe(true)
    expect(frames.every(({ id }) => id === undefined)).toBe(true)
    const { body } = await app.send('GET', `/messages?conversation_id=${last.conversation_id}&user=u1`)
    expect(body.data[0].answer).toBe(
      frames
        .map(({ data }) => data.answer ?? '')
        .join('')
        .trim(),
    )
  })

  it('continues a stream after the frame that the caller has', async () => {
    const response = await app.fetch(
      'POST',
      '/chat-messages',
      { inputs: {}, query: 'Hello', user: 'u1', response_mode: 'streaming' },
      { 'x-stream-ids': '1' },
    )
    const frames = await readFrames(response)
    const middle = frames[Math.floor(frames.length / 2)]
    const rest = await readFrames(
      await app.fetch('GET', `/messages/${middle?.data.message_id}/events?user=u1`, undefined, { 'last-event-id': middle?.id ?? '' }),
    )
    expect(rest).toEqual(frames.slice(Math.floor(frames.length / 2) + 1))
  })
})
