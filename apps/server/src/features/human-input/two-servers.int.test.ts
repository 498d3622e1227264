import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeOnCluster } from '../../testing/describe-on-cluster.ts'
import { readFrames, sendJson } from '../../testing/test-server.ts'
import { approval } from '../../testing/workflows/approval.ts'
import { createWorkflowApp, graphOf, type WorkflowApp } from '../../testing/workflows/workflow-app.ts'

const HOUR_MS = 3_600_000
let aheadMs = 0
const clock = { now: () => Date.now() + aheadMs }
const never = new AbortController().signal

/** The world outside: counts what is done to it, and keeps whoever asks for `/held` waiting. */
async function startWorld() {
  const hits = new Map<string, number>()
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    hits.set(path, (hits.get(path) ?? 0) + 1)
    if (!path.endsWith('/held')) response.end('done')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an AddressInfo.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    /** What was done in a run of this topic. */
    seenOf: (topic: string): Record<string, number> =>
      Object.fromEntries(
        [...hits].flatMap(([path, count]) => (path.startsWith(`/${topic}/`) ? [[path.slice(topic.length + 2), count]] : [])),
      ),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const post = (url: string): object => ({
  type: 'http-request',
  method: 'post',
  url,
  authorization: { type: 'no-auth' },
  headers: '',
  params: '',
  body: { type: 'none', data: [] },
  timeout: {},
  error_strategy: 'default-value',
  default_value: [{ key: 'body', type: 'string', value: 'cut off' }],
})
const outputs = (names: Readonly<Record<string, readonly [string, string]>>): object => ({
  type: 'end',
  outputs: Object.entries(names).map(([variable, value_selector]) => ({ variable, value_selector })),
})

/** Does something to the world, asks two people, and does something again. */
const working = (url: string, after = 'after'): object =>
  graphOf(
    {
      start: { type: 'start', variables: [{ variable: 'topic', label: 'Topic', type: 'text-input', required: true }] },
      before: post(`${url}/{{#start.topic#}}/before`),
      one: approval(),
      two: approval(),
      after: post(`${url}/{{#start.topic#}}/${after}`),
      end: outputs({ one: ['one', 'comment'], two: ['two', 'comment'], before: ['before', 'body'], after: ['after', 'body'] }),
      late: outputs({ before: ['before', 'body'] }),
    },
    ['start -> before', 'before -> one', 'before -> two', 'one:ok -> after', 'two:ok -> after', 'after -> end', 'one:__timeout -> late'],
  )

const options = { clock, env: { EGRESS_ALLOWED_HOSTS: '127.0.0.1' } }

await describeOnCluster('a run that waits for people, and several servers', options, (cluster) => {
  let world: Awaited<ReturnType<typeof startWorld>>
  let app: WorkflowApp
  let holding: WorkflowApp
  beforeAll(async () => {
    world = await startWorld()
    const session = await cluster().a.setup()
    app = await createWorkflowApp(cluster().a, session, working(world.url))
    holding = await createWorkflowApp(cluster().a, session, working(world.url, 'held'))
  })
  afterAll(() => world?.close())

  const db = () => cluster().b.process.platform.database.db
  /** Calls of one app at one of the servers. */
  const at = ({ url }: { readonly url: string }, { apiKey }: WorkflowApp = app) => {
    const headers = { authorization: `Bearer ${apiKey}` }
    const call = (method: string, path: string, body?: object) => sendJson(`${url}/v1${path}`, method, body, headers)
    return {
      call,
      detail: async (runId: string) => (await call('GET', `/workflows/run/${runId}`)).body,
      /** Frames of a run, over its pauses to its end; they are asked for once this has resolved. */
      async follow(runId: string) {
        const query = 'user=u1&include_state_snapshot=true&continue_on_pause=true'
        const response = await fetch(`${url}/v1/workflow/${runId}/events?${query}`, { headers })
        return { frames: async () => (await readFrames(response)).map(({ data }) => data) }
      },
      async pause(topic: string) {
        const body = JSON.stringify({ inputs: { topic }, user: 'u1', response_mode: 'streaming' })
        const response = await fetch(`${url}/v1/workflows/run`, {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json' },
          body,
        })
        const frames = (await readFrames(response)).map(({ data }) => data)
        const tokens = frames.filter(({ event }) => event === 'human_input_required').map(({ data }): string => data.form_token)
        const { workflow_run_id: runId, task_id: taskId, event } = frames.at(-1)
        expect(event).toBe('workflow_paused')
        return { runId: runId as string, taskId: taskId as string, tokens: { one: tokens[0] ?? '', two: tokens[1] ?? '' } }
      },
      answer: (token: string, comment: string) =>
        call('POST', `/form/human_input/${token}`, { inputs: { comment }, action: 'ok', user: 'u1' }),
    }
  }
  const doneOf = async (runId: string): Promise<number> => {
    const rows = await db().selectFrom('run_events').select('events').where('run_id', '=', runId).execute()
    return rows.flatMap(({ events }) => events.match(/"human-input-done"/g) ?? []).length
  }
  const namesBehindPause = (frames: readonly { readonly event: string }[]): string[] =>
    frames.map(({ event }) => event).slice(frames.findIndex(({ event }) => event === 'workflow_paused') + 1)

  it('pauses on one, is answered at the other, and tells readers of both the same', async () => {
    const [a, b] = [at(cluster().a), at(cluster().b)]
    const { runId, tokens } = await a.pause('apart')
    const [fromA, fromB] = [await a.follow(runId), await b.follow(runId)]
    expect((await b.call('GET', `/form/human_input/${tokens.one}`)).body.form_content).toContain('Publish apart?')
    expect((await b.answer(tokens.one, 'first')).status).toBe(200)
    expect(await a.answer(tokens.one, 'again')).toMatchObject({ status: 412, body: { code: 'human_input_form_submitted' } })
    await expect.poll(async () => (await a.detail(runId)).status).toBe('paused')
    expect((await a.answer(tokens.two, 'second')).status).toBe(200)
    const [seenAtA, seenAtB] = [await fromA.frames(), await fromB.frames()]
    // One answer after the other: it went on twice, and paused in between.
    expect(namesBehindPause(seenAtA).filter((name) => name === 'human_input_form_filled')).toHaveLength(2)
    expect(seenAtB).toEqual(seenAtA)
    expect(seenAtA.at(-1)).toMatchObject({
      event: 'workflow_finished',
      data: { status: 'succeeded', outputs: { one: 'first', two: 'second', before: 'done', after: 'done' } },
    })
    expect(world.seenOf('apart')).toEqual({ before: 1, after: 1 })
  })

  it('goes on once, wherever how many answer at the same moment', async () => {
    const [a, b] = [at(cluster().a), at(cluster().b)]
    const { runId, tokens } = await b.pause('race')
    const answers = await Promise.all(
      [a, b, a, b, a, b].flatMap(({ answer }, index) => [answer(tokens.one, `${index}`), answer(tokens.two, `${index}`)]),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, ...Array(10).fill(412)])
    await expect.poll(async () => (await a.detail(runId)).status).toBe('succeeded')
    expect(await doneOf(runId)).toBe(2)
    expect(world.seenOf('race')).toEqual({ before: 1, after: 1 })
  })

  it('is stopped at the other, and its forms with it', async () => {
    const [a, b] = [at(cluster().a), at(cluster().b)]
    const { runId, taskId, tokens } = await a.pause('stop')
    const reading = await a.follow(runId)
    expect((await b.call('POST', `/workflows/tasks/${taskId}/stop`, { user: 'u1' })).status).toBe(200)
    expect((await reading.frames()).at(-1)).toMatchObject({ event: 'workflow_finished', data: { status: 'stopped' } })
    expect(await a.answer(tokens.one, 'late')).toMatchObject({ status: 412, body: { code: 'human_input_form_expired' } })
    expect(world.seenOf('stop')).toEqual({ before: 1 })
  })

  describe('one of which is killed', () => {
    it('while the run waits: it goes on with the answer that another takes', async () => {
      const victim = await cluster().startProcess()
      const b = at(cluster().b)
      const { runId, tokens } = await at(victim).pause('killed')
      const reading = await b.follow(runId)
      await victim.kill()
      expect((await b.answer(tokens.one, 'first')).status).toBe(200)
      expect((await b.answer(tokens.two, 'second')).status).toBe(200)
      const frames = await reading.frames()
      expect(namesBehindPause(frames).filter((name) => name === 'human_input_form_filled')).toHaveLength(2)
      expect(frames.at(-1)?.data).toMatchObject({ status: 'succeeded', outputs: { one: 'first', two: 'second', after: 'done' } })
      expect(world.seenOf('killed')).toEqual({ before: 1, after: 1 })
    })

    it('while it goes on with an answer: another takes it up, and does nothing twice', async () => {
      const victim = await cluster().startProcess()
      const [atVictim, b] = [at(victim, holding), at(cluster().b, holding)]
      const { runId, tokens } = await atVictim.pause('taken-up')
      const reading = await b.follow(runId)
      await Promise.all([atVictim.answer(tokens.one, 'first'), atVictim.answer(tokens.two, 'second')])
      await expect.poll(() => world.seenOf('taken-up')).toEqual({ before: 1, held: 1 })
      await victim.kill()
      // Its lease is over; whoever looks next takes up its runs.
      aheadMs += 60_000
      expect((await reading.frames()).at(-1)?.data).toMatchObject({
        status: 'partial-succeeded',
        outputs: { one: 'first', two: 'second', before: 'done', after: 'cut off' },
      })
      expect(await b.answer(tokens.two, 'again')).toMatchObject({ status: 412, body: { code: 'human_input_form_submitted' } })
      const told = [cluster().a, cluster().b]
        .flatMap((server) => server.lines())
        .filter(({ fields }) => 'runId' in fields && fields.runId === runId)
      expect(told).toMatchObject([
        {
          message: 'A run goes on here: the process that executed it is gone',
          fields: { process: expect.stringMatching(/^[0-9a-f-]{36}$/), openNodes: expect.arrayContaining(['after']) },
        },
      ])
      expect(await doneOf(runId)).toBe(2)
      expect(world.seenOf('taken-up')).toEqual({ before: 1, held: 1 })
    })
  })

  // Last: time goes on.
  it('takes the way of the timeout once, though the clocks of both strike', async () => {
    const [a, b] = [at(cluster().a), at(cluster().b)]
    const { runId } = await a.pause('timeout')
    const reading = await b.follow(runId)
    aheadMs += 3 * HOUR_MS
    await Promise.all([cluster().a, cluster().b].map(({ process }) => process.features.humanInput.sweep(never)))
    const frames = await reading.frames()
    expect(frames.filter(({ event }) => event === 'human_input_form_timeout')).toHaveLength(2)
    expect(frames.at(-1)).toMatchObject({ event: 'workflow_finished', data: { status: 'succeeded', outputs: { before: 'done' } } })
    expect(await doneOf(runId)).toBe(2)
    expect(world.seenOf('timeout')).toEqual({ before: 1 })
  })
})
