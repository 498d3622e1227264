import { beforeAll, expect, it } from 'vitest'
import { describeOnServers } from '../../testing/describe-on-servers.ts'
import { administrator, type ConsoleSession, readFrames } from '../../testing/test-server.ts'
import { createWorkflowApp, graphOf, type WorkflowApp } from '../../testing/workflows/workflow-app.ts'

const field = (variable: string, more: object = {}) => ({ variable, label: variable, type: 'text-input', required: true, ...more })
const echo = graphOf(
  {
    start: { type: 'start', variables: [field('name'), field('count', { type: 'number', required: false })] },
    text: {
      type: 'template-transform',
      template: 'Hello {{ name }}',
      variables: [{ variable: 'name', value_selector: ['start', 'name'] }],
    },
    end: {
      type: 'end',
      outputs: [
        { variable: 'greeting', value_selector: ['text', 'output'] },
        { variable: 'count', value_selector: ['start', 'count'] },
      ],
    },
  },
  ['start -> text', 'text -> end'],
)

await describeOnServers('workflows by the Service API', { env: { WORKFLOW_MAX_EXECUTION_STEPS: '6' } }, (server) => {
  let session: ConsoleSession
  let app: WorkflowApp
  let strange: Promise<unknown>
  beforeAll(async () => {
    await server().setup(administrator)
    session = await server().login(administrator.email, administrator.password)
    app = await createWorkflowApp(server(), session, echo)
    strange = app.run({ name: '50% a_b C:\\x “Müller” 李' })
  })

  it('run to their outputs, and can be looked at afterwards', async () => {
    const { status, body } = await app.run({ name: 'Ada', count: 2.0 })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      workflow_run_id: body.data.id,
      data: { status: 'succeeded', outputs: { greeting: 'Hello Ada', count: 2 }, error: null, total_steps: 3, total_tokens: 0 },
    })
    const detail = await app.send('GET', `/workflows/run/${body.workflow_run_id}`)
    expect(detail.body).toMatchObject({ id: body.data.id, status: 'succeeded', outputs: { greeting: 'Hello Ada' }, total_steps: 3 })
    expect(JSON.parse(detail.body.inputs)).toMatchObject({ name: 'Ada', 'sys.user_id': 'u1', 'sys.workflow_run_id': body.data.id })
    const logs = await app.send('GET', '/workflows/logs?keyword=Ada')
    expect(logs.body.data[0]).toMatchObject({
      workflow_run: { id: body.data.id, status: 'succeeded' },
      created_by_end_user: { session_id: 'u1' },
    })
    expect((await app.send('GET', '/workflows/logs?keyword=nobody')).body.total).toBe(0)
  })

  it.each([
    ['50%', 1],
    ['a_B', 1],
    ['A_b', 1],
    ['a%b', 0],
    ['C:\\x', 1],
    ['“Müller”', 1],
    ['李', 1],
  ])('are found by words of what went in, in any case, as they were written: %s', async (keyword, total) => {
    await strange
    const { body } = await app.send('GET', `/workflows/logs?keyword=${encodeURIComponent(keyword)}`)
    expect(body.total).toBe(total)
  })

  it('tell no secret where a node fails because of it', async () => {
    const asking = graphOf(
      {
        start: { type: 'start', variables: [] },
        ask: {
          type: 'http-request',
          method: 'get',
          url: 'http://{{#env.HOST#}}/',
          headers: '',
          params: '',
          authorization: { type: 'no-auth' },
        },
        end: { type: 'end', outputs: [] },
      },
      ['start -> ask', 'ask -> end'],
    )
    // Requests to such addresses are refused, with a message that names them.
    const key = { id: 'b9c8a7f6-0000-4000-8000-000000000002', name: 'HOST', value_type: 'secret', value: '10.11.12.13' }
    const leaky = await createWorkflowApp(server(), session, asking, 'workflow', { environment_variables: [key] })
    const { body } = await leaky.run({})
    expect(body.data.status).toBe('failed')
    expect(body.data.error).toContain('10.11.************13')
    const { body: nodes } = await session.send('GET', `/apps/${leaky.id}/workflow-runs/${body.workflow_run_id}/node-executions`)
    expect(JSON.stringify([body, nodes])).not.toContain('10.11.12.13')
  })

  it('stream what happens as Dify does', async () => {
    const response = await fetch(`${server().url}/v1/workflows/run`, {
      method: 'POST',
      headers: { authorization: `Bearer ${app.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ inputs: { name: 'Ada' }, response_mode: 'streaming', user: 'u1' }),
    })
    const frames = await readFrames(response)
    expect(frames.map(({ data }) => [data.event, data.data.node_id ?? data.data.text ?? data.data.status].join(' '))).toEqual([
      'workflow_started ',
      'node_started start',
      'node_finished start',
      'node_started text',
      'text_chunk Hello Ada',
      'text_chunk \n',
      'node_finished text',
      'node_started end',
      'node_finished end',
      'workflow_finished succeeded',
    ])
  })

  it('follow a run of their own user only, in one frame where it is over', async () => {
    const { body } = await app.run({ name: 'Ada' })
    const follow = (user: string) =>
      fetch(`${server().url}/v1/workflow/${body.workflow_run_id}/events?user=${user}`, {
        headers: { authorization: `Bearer ${app.apiKey}` },
      })
    expect((await follow('somebody-else')).status).toBe(404)
    const frames = await readFrames(await follow('u1'))
    expect(frames).toMatchObject([{ data: { event: 'workflow_finished', data: { outputs: { greeting: 'Hello Ada' } } } }])
  })

  it('refuse inputs that the form does not take, naming them', async () => {
    expect(await app.run({})).toMatchObject({ status: 400, body: { code: 'invalid_param', message: 'name is required in input form' } })
    expect(await app.run({ name: 'x', count: 'many' })).toMatchObject({ status: 400, body: { code: 'invalid_param' } })
  })

  it('run one version by its id, whatever was published since', async () => {
    const { body } = await app.run({ name: 'Ada' })
    const first = body.data.workflow_id
    await app.publish(graphOf({ start: { type: 'start', variables: [] }, end: { type: 'end', outputs: [] } }, ['start -> end']))
    expect((await app.run({})).body.data.outputs).toEqual({})
    const again = await app.send('POST', `/workflows/${first}/run`, { inputs: { name: 'Bob' }, response_mode: 'blocking', user: 'u1' })
    expect(again.body.data).toMatchObject({ workflow_id: first, outputs: { greeting: 'Hello Bob' } })
    await app.publish(echo)
  })

  it('tell a run that a limit ended as failed, with the limit’s name, and keep it as stopped (4.4, 4.6)', async () => {
    const names = Array.from({ length: 8 }, (_, index) => `text${index}`)
    const texts = Object.fromEntries(names.map((name) => [name, { type: 'template-transform', template: name, variables: [] }]))
    const edges = names.map((name, index) => `${names[index - 1] ?? 'start'} -> ${name}`)
    await app.publish(
      graphOf({ start: { type: 'start', variables: [] }, ...texts, end: { type: 'end', outputs: [] } }, [...edges, 'text7 -> end']),
    )
    const { body } = await app.run({})
    expect(body.data).toMatchObject({ status: 'failed', error: expect.stringContaining('WORKFLOW_MAX_EXECUTION_STEPS') })
    expect((await app.send('GET', `/workflows/run/${body.workflow_run_id}`)).body.status).toBe('stopped')
    await app.publish(echo)
  })

  it('tell a failed run as a result, with the node that failed', async () => {
    await app.publish(
      graphOf(
        {
          start: { type: 'start', variables: [] },
          text: { type: 'template-transform', template: '{{ 1 / 0 }}', variables: [] },
          end: { type: 'end', outputs: [] },
        },
        ['start -> text', 'text -> end'],
      ),
    )
    const { status, body } = await app.run({})
    expect([status, body.data.status]).toEqual([200, 'failed'])
    expect(body.data.error).toContain('division by zero')
    await app.publish(echo)
  })
})
