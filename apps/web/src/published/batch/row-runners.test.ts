import { expect, it } from 'vitest'
import { createWebAppApi } from '../api/web-app-api.ts'
import { textRunner, workflowRunner } from './row-runners.ts'

const texts = {
  textOf: (error: unknown) => (error instanceof Error ? error.message : 'unknown'),
  unfinished: 'It broke off.',
  result: 'Result',
}
const never = new AbortController().signal

type Answer = (request: { readonly path: string; readonly askId: string | null }, signal?: AbortSignal | null) => Response

/** A server that gives out passports, and answers each further request so, the last answer again and again. */
function answering(...answers: readonly Answer[]) {
  const requests: { readonly path: string; readonly askId: string | null }[] = []
  const api = createWebAppApi({
    code: 'app',
    async fetch(address, init) {
      if (String(address).endsWith('/passport')) return Response.json({ access_token: 'p' })
      const request = { path: String(address), askId: new Headers(init?.headers).get('x-ask-id') }
      const answer = answers[Math.min(requests.length, answers.length - 1)]
      requests.push(request)
      return answer?.(request, init?.signal) ?? Response.error()
    },
    store: { read: () => undefined, write: () => undefined },
  })
  return { ports: { api, texts, onConnection: () => undefined, pause: () => Promise.resolve() }, requests }
}

const refusal =
  (status: number, code: string): Answer =>
  () =>
    Response.json({ code, message: code, status }, { status })
const loss: Answer = () => {
  throw new TypeError('fetch failed')
}
/** Frames, and then its end, or a connection that breaks. */
const stream =
  (frames: readonly object[], isBroken = false): Answer =>
  () => {
    const texts = frames.map((frame, offset) => `id: 0-${offset}\ndata: ${JSON.stringify(frame)}\n\n`)
    const body = new ReadableStream({
      pull(controller) {
        const text = texts.shift()
        if (text !== undefined) controller.enqueue(new TextEncoder().encode(text))
        else if (isBroken) controller.error(new TypeError('terminated'))
        else controller.close()
      },
    })
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  }

const run = { task_id: 't', workflow_run_id: 'r' }
const message = { task_id: 't', message_id: 'm', conversation_id: 'c' }
const kinds = [
  {
    kind: 'workflow',
    makeRunner: workflowRunner,
    begun: { event: 'workflow_started', ...run, data: {} },
    ended: { event: 'workflow_finished', ...run, data: { status: 'succeeded', outputs: { text: 'rain' } } },
    outputs: { text: 'rain' },
  },
  {
    kind: 'text',
    makeRunner: textRunner,
    begun: { event: 'message', ...message, answer: 'rain' },
    ended: { event: 'message_end', ...message, metadata: {} },
    outputs: { Result: 'rain' },
  },
] as const

it.each(kinds)('tries a row again by itself where there was no room for it: $kind', async ({ makeRunner }) => {
  const outcomeOf = (answer: Answer) => makeRunner(answering(answer).ports)({}, never)
  expect(await outcomeOf(refusal(429, 'too_many_requests'))).toEqual({ status: 'busy', error: 'too_many_requests' })
  expect(await outcomeOf(() => new Response('<h1>Slow down</h1>', { status: 429 }))).toMatchObject({ status: 'busy' })
  expect(await outcomeOf(refusal(400, 'invalid_param'))).toEqual({ status: 'failed', error: 'invalid_param' })
})

it.each(kinds)(
  'asks for a row under one name until it was taken, and goes on with it: $kind',
  async ({ makeRunner, begun, ended, outputs }) => {
    const unavailable: Answer = () => new Response('<h1>Service unavailable</h1>', { status: 503 })
    const { ports, requests } = answering(loss, unavailable, stream([begun], true), stream([ended]))
    expect(await makeRunner(ports)({}, never)).toEqual({ status: 'succeeded', outputs })
    const [first, second, third, fourth] = requests
    expect(first?.askId).toBeTruthy()
    expect(second).toEqual(first)
    expect(third).toEqual(first)
    // Behind its first frame it is known by its own id.
    expect(fourth?.path).toContain('/events')
    expect(fourth?.askId).toBeNull()
  },
)

it.each(kinds)('stops a row by its first frame where it was cancelled before: $kind', async ({ makeRunner, begun, ended }) => {
  const cancelling = new AbortController()
  const body = new TransformStream<Uint8Array, Uint8Array>()
  const writer = body.writable.getWriter()
  const held: Answer = () => new Response(body.readable, { headers: { 'content-type': 'text/event-stream' } })
  const { ports, requests } = answering(held, () => Response.json({ result: 'success' }))
  const row = makeRunner(ports)({}, cancelling.signal)
  await expect.poll(() => requests).toHaveLength(1)
  cancelling.abort()
  // Nothing that could be stopped has a name yet.
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(requests).toHaveLength(1)
  void writer.write(new TextEncoder().encode(`id: 0-0\ndata: ${JSON.stringify(begun)}\n\n`))
  await expect(row).rejects.toBe(cancelling.signal.reason)
  await expect.poll(() => requests[1]?.path).toMatch(/\/t\/stop$/)
  void writer.write(new TextEncoder().encode(`id: 0-1\ndata: ${JSON.stringify(ended)}\n\n`)).catch(() => undefined)
})

it.each(kinds)('sends a row that was cancelled no more, unless the server may have taken it: $kind', async ({ makeRunner, begun }) => {
  const cancelledIn = async (...answers: readonly Answer[]) => {
    const cancelling = new AbortController()
    const { ports, requests } = answering(...answers)
    const reading = { ...ports, pause: async () => cancelling.abort() }
    await expect(makeRunner(reading)({}, cancelling.signal)).rejects.toMatchObject({ name: 'AbortError' })
    return requests.map(({ path }) => path.split('/').at(-1))
  }
  expect(await cancelledIn(refusal(503, 'service_unavailable'))).toHaveLength(1)
  const taken = await cancelledIn(loss, stream([begun]), () => Response.json({ result: 'success' }))
  expect(taken).toHaveLength(3)
  expect(taken.at(-1)).toBe('stop')
})

it.each(kinds)('tells again that a row be stopped where that was lost on its way: $kind', async ({ makeRunner, begun }) => {
  const cancelling = new AbortController()
  const open: Answer = (_request, signal) => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(`id: 0-0\ndata: ${JSON.stringify(begun)}\n\n`))
        signal?.addEventListener('abort', () => controller.error(signal.reason))
      },
    })
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  }
  const { ports, requests } = answering(open, loss, () => Response.json({ result: 'success' }))
  const row = makeRunner(ports)({}, cancelling.signal)
  await expect.poll(() => requests).toHaveLength(1)
  await new Promise((resolve) => setTimeout(resolve, 20))
  cancelling.abort()
  await expect(row).rejects.toBe(cancelling.signal.reason)
  await expect.poll(() => requests.slice(1).map(({ path }) => path.split('/').at(-1))).toEqual(['stop', 'stop'])
})
