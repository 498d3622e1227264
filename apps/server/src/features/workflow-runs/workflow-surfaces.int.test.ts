import { beforeAll, expect, it } from 'vitest'
import { describeOnServers } from '../../testing/describe-on-servers.ts'
import { administrator, type ConsoleSession, readFrames, sendJson } from '../../testing/test-server.ts'
import { createWorkflowApp, graphOf, type WorkflowApp } from '../../testing/workflows/workflow-app.ts'

const name = { variable: 'name', label: 'Your name', type: 'text-input', required: true, max_length: 20 }
const greeter = (word: string) =>
  graphOf(
    {
      start: { type: 'start', variables: [name] },
      text: {
        type: 'template-transform',
        template: `${word} {{ name }}`,
        variables: [{ variable: 'name', value_selector: ['start', 'name'] }],
      },
      end: { type: 'end', outputs: [{ variable: 'greeting', value_selector: ['text', 'output'] }] },
    },
    ['start -> text', 'text -> end'],
  )

await describeOnServers('workflows in the console and on their page', {}, (server) => {
  let session: ConsoleSession
  let app: WorkflowApp
  let visitor: Readonly<Record<string, string>>
  beforeAll(async () => {
    await server().setup(administrator)
    session = await server().login(administrator.email, administrator.password)
    app = await createWorkflowApp(server(), session, greeter('Hello'))
    const { code } = (await session.send('GET', `/apps/${app.id}`)).body.site
    const { access_token: passport } = (await sendJson(`${server().url}/api/passport`, 'GET', undefined, { 'x-app-code': code })).body
    visitor = { 'x-app-code': code, 'x-app-passport': passport }
  })

  const visit = (method: string, path: string, body?: object) =>
    fetch(`${server().url}/api${path}`, {
      method,
      headers: { ...visitor, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
  const tryDraft = async (inputs: object) =>
    readFrames(await session.fetch('POST', `/apps/${app.id}/workflows/draft/run`, { inputs, files: [] }))
  const runsOf = (query = '') => session.send('GET', `/apps/${app.id}/workflow-runs${query}`)

  it('tell visitors the form of the start node', async () => {
    const parameters = await (await visit('GET', '/parameters')).json()
    expect(parameters.user_input_form).toEqual([{ 'text-input': { variable: 'name', label: 'Your name', required: true, max_length: 20 } }])
  })

  it('tell visitors what the app is where its page has no words of its own', async () => {
    const description = async () => (await (await visit('GET', '/site')).json()).site.description
    expect(await description()).toBeNull()
    await session.send('PUT', `/apps/${app.id}`, { name: 'Flow', description: 'Greets people' })
    expect(await description()).toBe('Greets people')
    await session.send('POST', `/apps/${app.id}/site`, { description: 'Says hello' })
    expect(await description()).toBe('Says hello')
  })

  it('stream to visitors which nodes run, but not what went in or out of them', async () => {
    const frames = await readFrames(await visit('POST', '/workflows/run', { inputs: { name: 'Ada' } }))
    expect(frames.map(({ data }) => data.event)).toEqual(
      expect.arrayContaining(['workflow_started', 'node_started', 'text_chunk', 'workflow_finished']),
    )
    const finished = frames.filter(({ data }) => data.event === 'node_finished').map(({ data }) => data.data)
    expect(finished).toHaveLength(3)
    for (const node of finished) expect(node).toMatchObject({ inputs: null, process_data: null, outputs: null, execution_metadata: null })
    expect(frames.at(-1)?.data).toMatchObject({ data: { status: 'succeeded', outputs: { greeting: 'Hello Ada' } } })

    const runId = frames[0]?.data.workflow_run_id
    const again = await readFrames(await visit('GET', `/workflow/${runId}/events`))
    expect(again.at(-1)?.data).toMatchObject({ event: 'workflow_finished', data: { outputs: { greeting: 'Hello Ada' } } })
  })

  it('show no run to another visitor', async () => {
    const [first] = await readFrames(await visit('POST', '/workflows/run', { inputs: { name: 'Ada' } }))
    const { access_token: passport } = (
      await sendJson(`${server().url}/api/passport`, 'GET', undefined, { 'x-app-code': visitor['x-app-code'] ?? '' })
    ).body
    const stranger = { ...visitor, 'x-app-passport': passport }
    const response = await fetch(`${server().url}/api/workflow/${first?.data.workflow_run_id}/events`, { headers: stranger })
    expect(response.status).toBe(404)
  })

  it('refuse inputs before a stream begins', async () => {
    const response = await visit('POST', '/workflows/run', { inputs: {} })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ code: 'invalid_param', message: 'name is required in input form' })
  })

  it('try the draft, whatever is published', async () => {
    const draft = (await session.send('GET', `/apps/${app.id}/workflows/draft`)).body
    await session.send('POST', `/apps/${app.id}/workflows/draft`, { ...draft, graph: greeter('Servus') })
    const frames = await tryDraft({ name: 'Ann' })
    expect(frames.at(-1)?.data.data).toMatchObject({
      status: 'succeeded',
      outputs: { greeting: 'Servus Ann' },
      created_by: { email: administrator.email },
    })
    const node = frames.find(({ data }) => data.event === 'node_finished' && data.data.node_id === 'text')
    expect(node?.data.data).toMatchObject({ inputs: { name: 'Ann' }, outputs: { output: 'Servus Ann' } })
    expect((await app.run({ name: 'Ann' })).body.data.outputs).toEqual({ greeting: 'Hello Ann' })
  })

  it('try a published version by its id, whatever the draft is by now', async () => {
    const { id, version } = (await session.send('GET', `/apps/${app.id}/workflows/publish`)).body
    const tryVersion = (workflowId: string) =>
      session.fetch('POST', `/apps/${app.id}/workflows/${workflowId}/run`, { inputs: { name: 'Eve' }, files: [] })
    const frames = await readFrames(await tryVersion(id))
    expect(frames.at(-1)?.data.data).toMatchObject({ status: 'succeeded', outputs: { greeting: 'Hello Eve' } })
    const [listed] = (await runsOf('?limit=1')).body.data
    expect(listed).toMatchObject({ id: frames[0]?.data.workflow_run_id, version, started_from: 'draft' })
    const draft = (await session.send('GET', `/apps/${app.id}/workflows/draft`)).body
    expect(await (await tryVersion(draft.id)).json()).toMatchObject({ status: 400, code: 'bad_request' })
    expect((await tryVersion(app.id)).status).toBe(404)
  })

  it('show a trial run with the graph that it ran, though the draft has changed since', async () => {
    const frames = await tryDraft({ name: 'Bob' })
    const draft = (await session.send('GET', `/apps/${app.id}/workflows/draft`)).body
    await session.send('POST', `/apps/${app.id}/workflows/draft`, { ...draft, graph: greeter('Moin') })
    const runId = frames[0]?.data.workflow_run_id
    const detail = (await session.send('GET', `/apps/${app.id}/workflow-runs/${runId}`)).body
    expect(detail).toMatchObject({
      id: runId,
      version: 'draft',
      status: 'succeeded',
      inputs: { name: 'Bob' },
      outputs: { greeting: 'Servus Bob' },
      started_from: 'draft',
      created_by_role: 'account',
      created_by_account: { email: administrator.email },
    })
    expect(JSON.stringify(detail.graph)).toContain('Servus')
  })

  it('list what each node of a run did, oldest first', async () => {
    const { workflow_run_id: runId } = (await app.run({ name: 'Ada' })).body
    const { data } = (await session.send('GET', `/apps/${app.id}/workflow-runs/${runId}/node-executions`)).body
    expect(data).toMatchObject([
      { index: 1, node_id: 'start', status: 'succeeded', predecessor_node_id: null, created_by_role: 'end_user' },
      { index: 2, node_id: 'text', predecessor_node_id: 'start', inputs: { name: 'Ada' }, outputs: { output: 'Hello Ada' } },
      {
        index: 3,
        node_id: 'end',
        predecessor_node_id: 'text',
        outputs: { greeting: 'Hello Ada' },
        created_by_end_user: { session_id: 'u1' },
      },
    ])
  })

  it('page through runs, trials apart from those of callers', async () => {
    const first = (await runsOf('?limit=1')).body
    expect(first).toMatchObject({ limit: 1, has_more: true, data: [{ version: 'draft', status: 'succeeded' }] })
    const second = (await runsOf(`?limit=1&last_id=${first.data[0].id}`)).body
    expect(second.data[0].id).not.toBe(first.data[0].id)
    expect((await runsOf('?status=failed')).body.data).toEqual([])
    const published = (await runsOf('?triggered_from=app-run')).body.data
    expect(published.length).toBeGreaterThan(0)
    expect(published.every(({ version }: { readonly version: string }) => version !== 'draft')).toBe(true)
    const origins = new Set(published.map(({ started_from }: { readonly started_from: string }) => started_from))
    expect(origins).toEqual(new Set(['page', 'api']))
    expect((await runsOf('?last_id=0196f1b2-7a3c-7d00-8000-0123456789ab')).status).toBe(404)
  })

  it('count runs by what became of them, of late if so asked', async () => {
    const counts = (await runsOf('/count?triggered_from=app-run')).body
    expect(counts).toEqual({ total: expect.any(Number), running: 0, succeeded: counts.total, failed: 0, stopped: 0, partial_succeeded: 0 })
    expect(counts.total).toBeGreaterThan(0)
    expect((await runsOf('/count?triggered_from=app-run&time_range=1h')).body.total).toBe(counts.total)
    expect((await runsOf('/count?status=failed')).body.total).toBe(0)
    expect((await runsOf('/count?time_range=soon')).status).toBe(400)
    expect((await session.send('GET', `/apps/${app.id}/advanced-chat/workflow-runs?limit=1`)).body.data).toHaveLength(1)
  })

  it('log what callers ran, and only that', async () => {
    const { body } = await session.send('GET', `/apps/${app.id}/workflow-app-logs?keyword=Ada`)
    expect(body.total).toBeGreaterThan(0)
    expect(body.data[0]).toMatchObject({ created_by_role: 'end_user', workflow_run: { status: 'succeeded' } })
    const trials = await session.send('GET', `/apps/${app.id}/workflow-app-logs?keyword=Bob`)
    expect(trials.body.total).toBe(0)
  })

  it('follow and stop trials of their own account only', async () => {
    const [first] = await tryDraft({ name: 'Ann' })
    const followed = await readFrames(await session.fetch('GET', `/workflow/${first?.data.workflow_run_id}/events`))
    expect(followed.at(-1)?.data.event).toBe('workflow_finished')
    const { workflow_run_id: foreign } = (await app.run({ name: 'Ada' })).body
    expect((await session.send('GET', `/workflow/${foreign}/events`)).status).toBe(404)
    expect((await session.send('POST', `/apps/${app.id}/workflow-runs/tasks/${first?.data.task_id}/stop`)).body).toEqual({
      result: 'success',
    })
  })
})
