import { expect, it } from 'vitest'
import { createHttpClient } from './http-client.ts'
import { createTriggersApi } from './triggers-api.ts'

const waiting = () => Response.json({ status: 'waiting', retry_in: 0 })
const run = () => new Response('data: {"event":"workflow_started"}\n\ndata: {"event":"workflow_finished"}\n\n')

function apiWith(answers: (() => Response)[]) {
  const bodies: unknown[] = []
  const http = createHttpClient({
    baseUrl: '/console/api',
    fetch: async (_, init) => {
      bodies.push(JSON.parse(String(init?.body)))
      const answer = answers.shift()
      if (!answer) throw new TypeError('connection refused')
      return answer()
    },
  })
  return { api: createTriggersApi(http), bodies, answers }
}

it('asks again until the event has come, and gives the run that it begins', async () => {
  const { api, bodies } = apiWith([waiting, waiting, run])
  const events: string[] = []
  for await (const { event } of api.tryOne('a', 'hook', new AbortController().signal)) events.push(event)
  expect(events).toEqual(['workflow_started', 'workflow_finished'])
  expect(bodies).toEqual([{ node_id: 'hook' }, { node_id: 'hook' }, { node_id: 'hook' }])
})

it('asks no more once it is cancelled', async () => {
  const controller = new AbortController()
  const { api, answers } = apiWith([
    waiting,
    () => {
      controller.abort()
      return waiting()
    },
    run,
  ])
  await expect(api.tryAny('a', ['hook', 'clock'], controller.signal).next()).rejects.toMatchObject({ name: 'AbortError' })
  expect(answers).toEqual([run])
})

it('says why a trigger can begin nothing', async () => {
  const details = { reason: 'trigger_plugin', values: { trigger: 'Issue' } }
  const { api } = apiWith([() => Response.json({ status: 'error', error: 'It has no plugin.', details }, { status: 400 })])
  await expect(api.tryOne('a', 'hook', new AbortController().signal).next()).rejects.toMatchObject({
    code: 'trigger_unusable',
    message: 'It has no plugin.',
    details: { details },
  })
})
