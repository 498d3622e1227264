import { expect, it } from 'vitest'
import { createWebAppApi } from '../api/web-app-api.ts'
import { textRunner, workflowRunner } from './row-runners.ts'

const texts = {
  textOf: (error: unknown) => (error instanceof Error ? error.message : 'unknown'),
  unfinished: 'It broke off.',
  mayHaveRun: 'It may have run.',
  result: 'Result',
}
const never = new AbortController().signal

/** A server that gives out passports, and answers runs so. */
const answering = (answer: () => Response) =>
  createWebAppApi({
    code: 'app',
    fetch: async (address) => (String(address).endsWith('/passport') ? Response.json({ access_token: 'p' }) : answer()),
    store: { read: () => undefined, write: () => undefined },
  })
const refusing = (status: number, code: string) => answering(() => Response.json({ code, message: code, status }, { status }))
const breakingAfter = (text: string) =>
  answering(() => {
    let isSaid = false
    const body = new ReadableStream({
      pull(controller) {
        if (isSaid) return controller.error(new TypeError('terminated'))
        isSaid = true
        controller.enqueue(new TextEncoder().encode(text))
      },
    })
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  })
const lost = answering(() => {
  throw new TypeError('fetch failed')
})

const runners = [
  ['workflow', workflowRunner],
  ['text', textRunner],
] as const

it.each(runners)('tries a row again by itself where the server refused it: %s', async (_, makeRunner) => {
  const run = (api: ReturnType<typeof answering>) => makeRunner(api, texts)({}, never)
  expect(await run(refusing(429, 'too_many_requests'))).toEqual({ status: 'busy', error: 'too_many_requests' })
  expect(await run(refusing(503, 'service_unavailable'))).toEqual({ status: 'busy', error: 'service_unavailable' })
  expect(await run(answering(() => new Response('<h1>Slow down</h1>', { status: 429 })))).toMatchObject({ status: 'busy' })
  expect(await run(refusing(400, 'invalid_param'))).toEqual({ status: 'failed', error: 'invalid_param' })
})

it.each(runners)('leaves a row that may have run to a person: %s', async (_, makeRunner) => {
  const run = (api: ReturnType<typeof answering>) => makeRunner(api, texts)({}, never)
  const mayHaveRun = { status: 'failed', error: 'It may have run.' }
  expect(await run(lost)).toEqual(mayHaveRun)
  expect(await run(breakingAfter(': nothing yet\n\n'))).toEqual(mayHaveRun)
  // A proxy's words for a server that went away in the middle of it.
  expect(await run(answering(() => new Response('<h1>Bad gateway</h1>', { status: 502 })))).toEqual(mayHaveRun)
  expect(await run(answering(() => new Response('<h1>Service unavailable</h1>', { status: 503 })))).toEqual(mayHaveRun)
  expect(await run(answering(() => Response.json({ message: 'no healthy upstream' }, { status: 503 })))).toEqual(mayHaveRun)
  expect(await run(answering(() => new Response('<h1>Gateway timeout</h1>', { status: 504 })))).toEqual(mayHaveRun)
})
