import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { consoleRoutes, serviceRoutes } from '@trellis/contracts'
import { afterEach, describe, expect, expectTypeOf, it } from 'vitest'
import { ApiError } from './api-error.ts'
import { createClient } from './create-client.ts'

const id = '0196f1b2-7a3c-7d00-8000-0123456789ab'

interface Asked {
  readonly method: string | undefined
  readonly url: string | undefined
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

const servers: Server[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of source) items.push(item)
  return items
}

/** A server that answers every request alike and remembers what it was asked. */
async function serve(answer: (response: ServerResponse, asked: Asked) => void) {
  const asked: Asked[] = []
  const server = createServer(async (request, response) => {
    const body = (await collect(request.setEncoding('utf8'))).join('')
    const entry = { method: request.method, url: request.url, headers: request.headers, body }
    asked.push(entry)
    answer(response, entry)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // it listens on TCP
  return { asked, baseUrl, client: createClient({ baseUrl, headers: () => ({ authorization: 'Bearer app-1' }) }) }
}

const json = (status: number, body: unknown) => (response: ServerResponse) => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

describe('call', () => {
  it('puts parameters, query, headers and body where the contract says', async () => {
    const { client, asked } = await serve(json(200, { result: 'success' }))
    await client.call(serviceRoutes.rateMessage, { params: { message_id: id }, body: { rating: null, user: 'u' } })
    await client.call(serviceRoutes.listConversations, { query: { user: 'ü&', limit: 5, last_id: null } })
    expect(asked[0]).toMatchObject({ method: 'POST', url: `/v1/messages/${id}/feedbacks`, body: '{"rating":null,"user":"u"}' })
    expect(asked[0]?.headers).toMatchObject({ authorization: 'Bearer app-1', 'content-type': 'application/json' })
    expect(asked[1]).toMatchObject({ method: 'GET', url: '/v1/conversations?user=%C3%BC%26&limit=5', body: '' })
    expect(asked[1]?.headers).not.toHaveProperty('content-type')
  })

  it('keeps the slashes of a provider and encodes everything else', async () => {
    const { client, asked } = await serve(json(200, { data: [] }))
    await client.call(consoleRoutes.getModelParameterRules, { params: { provider: 'a/b c/d' }, query: { model: 'm/1' } })
    expect(asked[0]?.url).toBe('/console/api/workspaces/current/model-providers/a/b%20c/d/models/parameter-rules?model=m%2F1')
  })

  it('sends a JSON body with DELETE and gives null for an empty answer', async () => {
    const { client, asked } = await serve((response) => response.writeHead(204).end())
    const answer = await client.call(serviceRoutes.deleteConversation, { params: { conversation_id: id }, body: {} })
    expect(answer).toBeNull()
    expect(asked[0]).toMatchObject({ method: 'DELETE', body: '{}' })
  })

  it('sends forms as forms', async () => {
    const { client, asked } = await serve(json(201, {}))
    const body = new FormData()
    body.set('file', new Blob(['hello']), 'hello.txt')
    await client.call(serviceRoutes.uploadFile, { body })
    expect(asked[0]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/)
    expect(asked[0]?.body).toContain('filename="hello.txt"')
  })

  it('is typed by the contract', () => {
    const client = createClient({ baseUrl: '' })
    expectTypeOf(client.call<typeof serviceRoutes.getServiceRoot>).returns.resolves.toEqualTypeOf<{
      welcome: string
      api_version: string
      server_version: string
    }>()
    expectTypeOf(client.call<typeof serviceRoutes.listConversations>)
      .parameter(0)
      .toEqualTypeOf<typeof serviceRoutes.listConversations>()
    // @ts-expect-error: messages are listed by conversation
    void (() => client.call(serviceRoutes.listMessages, { query: {} }))
    // @ts-expect-error: there is no such rating
    void (() => client.call(serviceRoutes.rateMessage, { params: { message_id: id }, body: { rating: 'meh', user: 'u' } }))
    // @ts-expect-error: the path names a message
    void (() => client.call(serviceRoutes.rateMessage, { body: { rating: 'like', user: 'u' } }))
  })
})

describe('a refusal', () => {
  const refusal = async (answer: (response: ServerResponse) => void) => {
    const { client } = await serve(answer)
    return client.call(serviceRoutes.getAppInfo).catch((error: unknown) => error)
  }

  it('carries code, message, status and field', async () => {
    expect(await refusal(json(400, { code: 'invalid_param', message: 'bad', status: 400, params: 'limit' }))).toMatchObject({
      name: 'ApiError',
      code: 'invalid_param',
      message: 'bad',
      status: 400,
      param: 'limit',
    })
  })

  it('is read in the shape of the set-up routes, too', async () => {
    const body = { error: { type: 'validation_error', message: 'Unprocessable Entity', status: 422, details: 'email: bad' } }
    expect(await refusal(json(422, body))).toMatchObject({ code: 'invalid_param', message: 'email: bad', status: 422 })
  })

  it('falls back to the status where a proxy answers', async () => {
    const answer = (response: ServerResponse) => response.writeHead(503, { 'retry-after': '7' }).end('<html>')
    expect(await refusal(answer)).toMatchObject({ code: 'service_unavailable', status: 503, retryAfterSeconds: 7 })
  })

  it('of a success that is no JSON is one as well', async () => {
    expect(await refusal((response) => response.end('<html>'))).toMatchObject({ code: 'malformed_answer' })
  })

  it('tells a server that is not there from one that refuses', async () => {
    const { client } = await serve((response) => response.destroy())
    await expect(client.call(serviceRoutes.getAppInfo)).rejects.toMatchObject({ code: 'network_unreachable', status: 0 })
  })

  it('is what comes of a server that does not answer in time', async () => {
    const { client } = await serve(() => undefined)
    await expect(client.call(serviceRoutes.getAppInfo, { answerMs: 20 })).rejects.toMatchObject({ code: 'network_unreachable', status: 0 })
  })

  it('leaves an abort as it is', async () => {
    const { client } = await serve(() => undefined)
    const abort = new AbortController()
    const call = client.call(serviceRoutes.getAppInfo, { signal: abort.signal })
    abort.abort()
    const error = await call.catch((thrown: unknown) => thrown)
    expect(error).not.toBeInstanceOf(ApiError)
    expect(error).toMatchObject({ name: 'AbortError' })
  })
})

describe('stream', () => {
  const turn = { inputs: {}, query: 'q', user: 'u', response_mode: 'streaming' } as const
  const eventStream =
    (...chunks: string[]) =>
    (response: ServerResponse) => {
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
      for (const chunk of chunks) response.write(chunk)
      response.end()
    }

  it('gives frames with their ids and leaves out pings', async () => {
    const { client, asked } = await serve(
      eventStream('event: ping\n\nid: 1-0\ndata: {"event":"message","answer":"He', 'llo"}\n\nid: 1-1\ndata: {"event":"message_end"}\n\n'),
    )
    const frames = await collect(client.stream(serviceRoutes.sendChatMessage, { body: turn }))
    expect(frames).toEqual([
      { id: '1-0', event: { event: 'message', answer: 'Hello' } },
      { id: '1-1', event: { event: 'message_end' } },
    ])
    expect(asked[0]?.headers).toMatchObject({ 'x-stream-ids': '1', accept: 'text/event-stream' })
  })

  it('goes on after a frame', async () => {
    const { client, asked } = await serve(eventStream())
    await collect(
      client.stream(serviceRoutes.resumeMessageEvents, { params: { message_id: id }, query: { user: 'u' }, lastEventId: '1-4' }),
    )
    expect(asked[0]).toMatchObject({ url: `/v1/messages/${id}/events?user=u`, headers: { 'last-event-id': '1-4' } })
  })

  it('throws what was refused before the first frame', async () => {
    const { client } = await serve(json(400, { code: 'provider_not_initialize', message: 'no key', status: 400 }))
    await expect(client.stream(serviceRoutes.sendChatMessage, { body: turn }).next()).rejects.toMatchObject({
      code: 'provider_not_initialize',
    })
  })

  it('refuses an answer that came whole', async () => {
    const { client } = await serve(json(200, { answer: 'whole' }))
    await expect(client.stream(serviceRoutes.sendChatMessage, { body: turn }).next()).rejects.toMatchObject({ code: 'malformed_answer' })
  })

  it('disconnects when its reader leaves', async () => {
    const disconnected = Promise.withResolvers<void>()
    const { client } = await serve((response) => {
      response.on('close', () => disconnected.resolve())
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: {"event":"message"}\n\n')
    })
    for await (const frame of client.stream(serviceRoutes.sendChatMessage, { body: turn })) {
      expect(frame.event.event).toBe('message')
      break
    }
    await disconnected.promise
  })
})
