import { describe, expect, it } from 'vitest'
import type { ApiError } from './api-error.ts'
import { createHttpClient, type HttpClientDependencies, toQueryString } from './http-client.ts'

type Answer = (request: { url: string; init: RequestInit }) => Response | Promise<Response>

function clientWith(answers: Answer[], dependencies: Partial<HttpClientDependencies> = {}) {
  const requests: { url: string; init: RequestInit }[] = []
  const client = createHttpClient({
    baseUrl: '/console/api',
    fetch: async (input, init = {}) => {
      const request = { url: String(input), init }
      requests.push(request)
      const answer = answers.shift()
      if (!answer) throw new TypeError('connection refused')
      return answer(request)
    },
    ...dependencies,
  })
  return { client, requests }
}

const json =
  (status: number, body: unknown): Answer =>
  () =>
    new Response(JSON.stringify(body), { status })
const expired = json(401, { code: 'unauthorized', message: 'expired', status: 401 })

describe('createHttpClient', () => {
  it('renews the session once for all requests that wait, and repeats them', async () => {
    let refreshes = 0
    const { client } = clientWith([expired, expired, json(200, { id: 1 }), json(200, { id: 2 })], {
      refresh: async () => {
        refreshes += 1
        return true
      },
    })
    const answers = await Promise.all([client.get<{ id: number }>('/a'), client.get<{ id: number }>('/b')])
    expect(answers.map((answer) => answer.id).sort()).toEqual([1, 2])
    expect(refreshes).toBe(1)
  })

  it('reports a session that cannot be renewed', async () => {
    const lost: ApiError[] = []
    const { client } = clientWith([expired], { refresh: async () => false, onSessionLost: (error) => lost.push(error) })
    await expect(client.get('/a')).rejects.toMatchObject({ code: 'unauthorized' })
    expect(lost).toHaveLength(1)
  })

  it('takes a wrong password for an answer, not for a lost session', async () => {
    const { client } = clientWith([json(401, { code: 'authentication_failed', message: 'no', status: 401 })], {
      refresh: async () => expect.unreachable(),
    })
    await expect(client.post('/login', {})).rejects.toMatchObject({ code: 'authentication_failed', status: 401 })
  })

  it('tells an unreachable server from a refusal', async () => {
    const reachable: boolean[] = []
    const { client } = clientWith([], { onReachable: (value) => reachable.push(value) })
    await expect(client.get('/a')).rejects.toMatchObject({ code: 'network_unreachable', status: 0 })
    expect(reachable).toEqual([false])
  })

  it('reads the frames of a stream and leaves out pings', async () => {
    const { client } = clientWith([() => new Response('event: ping\n\ndata: {"event":"message"}\n\n')])
    const frames: unknown[] = []
    for await (const frame of client.stream('/chat-messages', {}, new AbortController().signal)) frames.push(frame)
    expect(frames).toEqual([{ event: 'message' }])
  })

  it('takes an answer of JSON for the only frame of a stream', async () => {
    const waiting = { status: 'waiting' }
    const { client } = clientWith([() => Response.json(waiting)])
    const frames: unknown[] = []
    for await (const frame of client.stream('/run', {}, new AbortController().signal)) frames.push(frame)
    expect(frames).toEqual([waiting])
  })

  it('throws the coded error of a stream that was refused', async () => {
    const { client } = clientWith([json(400, { code: 'provider_not_initialize', message: 'no key', status: 400 })])
    const frames = client.stream('/chat-messages', {}, new AbortController().signal)
    await expect(frames.next()).rejects.toMatchObject({ code: 'provider_not_initialize' })
  })

  it('answers an empty body with undefined', async () => {
    const { client } = clientWith([() => new Response(null, { status: 204 })])
    expect(await client.delete('/apps/1')).toBeUndefined()
  })
})

describe('toQueryString', () => {
  it('leaves out what is absent', () => {
    expect(toQueryString({ page: 1, name: 'a b', mode: '', tag: undefined, on: false })).toBe('?page=1&name=a+b&on=false')
    expect(toQueryString({})).toBe('')
  })
})
