import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ConsoleSession, readFrames, startTestServer, type TestApp, type TestServer } from './test-server.ts'

describe('a chat app over the Service API', () => {
  let server: TestServer
  let session: ConsoleSession
  let app: TestApp
  beforeAll(async () => {
    server = await startTestServer()
    session = await server.setup()
    app = await server.createApp(session, { mode: 'chat' })
  })
  afterAll(() => server.close())

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
