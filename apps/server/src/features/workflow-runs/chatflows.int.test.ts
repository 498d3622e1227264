import { beforeAll, expect, it } from 'vitest'
import { describeOnServers } from '../../testing/describe-on-servers.ts'
import { administrator, type ConsoleSession, readFrames } from '../../testing/test-server.ts'
import { createWorkflowApp, graphOf, type WorkflowApp } from '../../testing/workflows/workflow-app.ts'

const counter = { id: 'b9c8a7f6-0000-4000-8000-000000000001', name: 'turns', value_type: 'array[string]', value: [] }
const field = { variable: 'name', label: 'name', type: 'text-input', required: true }
/** Remembers each question, and answers with all of them. */
const memory = graphOf(
  {
    start: { type: 'start', variables: [field] },
    keep: {
      type: 'assigner',
      version: '2',
      items: [{ variable_selector: ['conversation', 'turns'], input_type: 'variable', operation: 'append', value: ['sys', 'query'] }],
    },
    answer: { type: 'answer', answer: '{{#start.name#}}, turn {{#sys.dialogue_count#}}: {{#conversation.turns#}}' },
  },
  ['start -> keep', 'keep -> answer'],
)

await describeOnServers('chatflows by the Service API', {}, (server) => {
  let session: ConsoleSession
  let app: WorkflowApp
  beforeAll(async () => {
    await server().setup(administrator)
    session = await server().login(administrator.email, administrator.password)
    app = await createWorkflowApp(server(), session, memory, 'advanced-chat', {
      conversation_variables: [counter],
      features: {
        opening_statement: 'Hello {{name}}',
        suggested_questions: ['Why?'],
        suggested_questions_after_answer: { enabled: true },
        retriever_resource: { enabled: true },
      },
    })
  })
  const ask = (query: string, more: object = {}) =>
    app.send('POST', '/chat-messages', { query, inputs: { name: 'Ada' }, user: 'u1', response_mode: 'blocking', ...more })
  const stream = (query: string, more: object = {}) =>
    fetch(`${server().url}/v1/chat-messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${app.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query, inputs: { name: 'Ada' }, user: 'u1', response_mode: 'streaming', ...more }),
    })

  it('answer turn after turn, and remember what they assign', async () => {
    const first = await ask('one')
    expect(first).toMatchObject({
      status: 200,
      body: { event: 'message', mode: 'advanced-chat', answer: 'Ada, turn 1: - one', metadata: { retriever_resources: [], reasoning: {} } },
    })
    expect(first.body.id).toBe(first.body.message_id)
    const { conversation_id } = first.body
    const second = await ask('two', { conversation_id })
    expect(second.body).toMatchObject({ conversation_id, answer: 'Ada, turn 2: - one\n- two' })
    const { body: history } = await app.send('GET', `/messages?conversation_id=${conversation_id}&user=u1`)
    expect(history.data.map(({ query, answer, status, inputs }: Record<string, unknown>) => ({ query, answer, status, inputs }))).toEqual([
      { query: 'one', answer: 'Ada, turn 1: - one', status: 'normal', inputs: { name: 'Ada' } },
      { query: 'two', answer: 'Ada, turn 2: - one\n- two', status: 'normal', inputs: { name: 'Ada' } },
    ])
    const { body: list } = await app.send('GET', '/conversations?user=u1')
    expect(list.data.find(({ id }: { id: string }) => id === conversation_id)).toMatchObject({ name: 'one', introduction: 'Hello Ada' })
  })

  it('keep answers of whatever bytes, but for NUL, which not every database has in texts', async () => {
    const binary = graphOf(
      {
        start: { type: 'start', variables: [] },
        text: { type: 'template-transform', template: '{{ "a\\x00b" }}', variables: [] },
        answer: { type: 'answer', answer: '{{#text.output#}}' },
      },
      ['start -> text', 'text -> answer'],
    )
    const odd = await createWorkflowApp(server(), session, binary, 'advanced-chat')
    const { status, body } = await odd.send('POST', '/chat-messages', { query: 'one', inputs: {}, user: 'u1', response_mode: 'blocking' })
    expect({ status, answer: body.answer?.replaceAll('\u0000', '') }).toEqual({ status: 200, answer: 'ab' })
    const { body: history } = await odd.send('GET', `/messages?conversation_id=${body.conversation_id}&user=u1`)
    expect(history.data).toMatchObject([{ answer: 'ab', status: 'normal' }])
  })

  it('tell the variables of a conversation, and let its own user set them', async () => {
    const { conversation_id } = (await ask('one')).body
    const path = `/conversations/${conversation_id}/variables`
    const { body } = await app.send('GET', `${path}?user=u1`)
    expect(body).toMatchObject({
      has_more: false,
      data: [{ id: counter.id, name: 'turns', value_type: 'array[string]', value: '["one"]' }],
    })
    expect((await app.send('GET', `${path}?user=somebody-else`)).status).toBe(404)
    const set = (value: unknown) => app.send('PUT', `${path}/${counter.id}`, { value, user: 'u1' })
    expect(await set(3)).toMatchObject({ status: 400, body: { code: 'bad_request' } })
    expect(await set(['zero'])).toMatchObject({ status: 200, body: { value: '["zero"]' } })
    expect((await ask('two', { conversation_id })).body.answer).toBe('Ada, turn 2: - zero\n- two')
  })

  it('begin a new conversation where the given one is not the caller’s, as Dify does', async () => {
    const { conversation_id } = (await ask('one')).body
    const { body } = await ask('mine', { conversation_id, user: 'u2' })
    expect(body.conversation_id).not.toBe(conversation_id)
    expect(body.answer).toBe('Ada, turn 1: - mine')
  })

  it('stream a ping, the workflow’s frames in the envelope of chats, the end of the message, the end of the run', async () => {
    const response = await stream('one')
    const text = await response.clone().text()
    expect(text.startsWith('event: ping\n\n')).toBe(true)
    const frames = (await readFrames(response)).map(({ data }) => data).filter((data) => data.event)
    expect(frames.map((data) => [data.event, data.data?.node_id ?? data.answer ?? data.data?.status ?? ''].join(' '))).toEqual([
      'workflow_started ',
      'node_started start',
      'node_finished start',
      'node_started keep',
      'message Ada',
      'message , turn ',
      'message 1',
      'message : ',
      'message - one',
      'node_finished keep',
      'node_started answer',
      'node_finished answer',
      'message_end ',
      'workflow_finished succeeded',
    ])
    const [started] = frames
    const envelope = {
      conversation_id: started.conversation_id,
      message_id: started.message_id,
      task_id: started.task_id,
      created_at: started.created_at,
    }
    for (const frame of frames) expect(frame).toMatchObject(envelope)
    expect(started).toMatchObject({
      workflow_run_id: started.data.id,
      data: { inputs: { name: 'Ada', 'sys.query': 'one', 'sys.dialogue_count': 1, 'sys.user_id': 'u1' }, reason: 'initial' },
    })
    expect(started.data.inputs).not.toHaveProperty('sys.conversation_id')
    expect(frames.find(({ event }) => event === 'message')).toMatchObject({ id: started.message_id })
    expect(frames.find(({ event }) => event === 'message')).not.toHaveProperty('workflow_run_id')
    expect(frames.find(({ event }) => event === 'message_end')).toMatchObject({
      id: started.message_id,
      files: [],
      metadata: { annotation_reply: null, retriever_resources: [], reasoning: {}, usage: { total_tokens: 0 } },
    })
    expect(frames.at(-1)).toMatchObject({
      workflow_run_id: started.data.id,
      data: { outputs: { answer: 'Ada, turn 1: - one', files: [] } },
    })
  })

  it('tell a message’s events again, from a frame on, and a run’s', async () => {
    const { message_id } = (await ask('one')).body
    const follow = (path: string, headers = {}) =>
      fetch(`${server().url}/v1${path}`, { headers: { authorization: `Bearer ${app.apiKey}`, ...headers } })
    const all = await readFrames(await follow(`/messages/${message_id}/events?user=u1`, { 'x-stream-ids': '1' }))
    expect(all.at(-1)?.data).toMatchObject({ event: 'workflow_finished' })
    const at = all.findIndex(({ data }) => data.event === 'message')
    const rest = await readFrames(await follow(`/messages/${message_id}/events?user=u1`, { 'last-event-id': all[at]?.id ?? '' }))
    expect(rest.map(({ data }) => data)).toEqual(all.slice(at + 1).map(({ data }) => data))
    const runId = all.at(-1)?.data.workflow_run_id
    const ofRun = await readFrames(await follow(`/workflow/${runId}/events?user=u1`))
    expect(ofRun.map(({ data }) => data)).toEqual([
      { event: 'workflow_finished', task_id: runId, workflow_run_id: runId, data: all.at(-1)?.data.data },
    ])
    expect((await follow(`/messages/${message_id}/events?user=u2`)).status).toBe(404)
  })

  it('tell a failed run: 400 whole, workflow_finished as a stream, and an error in the history', async () => {
    await app.publish(
      graphOf(
        {
          start: { type: 'start', variables: [] },
          text: { type: 'template-transform', template: '{{ 1 / 0 }}', variables: [] },
          answer: { type: 'answer', answer: 'so far {{#text.output#}}' },
        },
        ['start -> text', 'text -> answer'],
      ),
    )
    const { status, body } = await ask('one')
    expect([status, body.code]).toEqual([400, 'invalid_param'])
    expect(body.message).toMatch(/^Run failed: .*division by zero/)
    const frames = (await readFrames(await stream('one'))).map(({ data }) => data)
    expect(frames.map(({ event }) => event)).not.toContain('message_end')
    expect(frames.at(-1)).toMatchObject({ event: 'workflow_finished', data: { status: 'failed' } })
    const history = await app.send('GET', `/messages?conversation_id=${frames.at(-1)?.conversation_id}&user=u1`)
    expect(history.body.data[0]).toMatchObject({ status: 'error', answer: 'so far ' })
    expect(history.body.data[0].error).toContain('division by zero')
    await app.publish(memory)
  })

  it('refuse inputs that the form does not take, and run one version by its id', async () => {
    expect(await ask('one', { inputs: {} })).toMatchObject({ status: 400, body: { code: 'invalid_param' } })
    expect(await ask('one', { workflow_id: 'x' })).toMatchObject({ status: 400, body: { code: 'bad_request' } })
    const runs = await readFrames(await stream('one'))
    const workflowId = runs.find(({ data }) => data.event === 'workflow_started')?.data.data.workflow_id
    await app.publish(graphOf({ start: { type: 'start', variables: [] }, answer: { type: 'answer', answer: 'new' } }, ['start -> answer']))
    expect((await ask('one')).body.answer).toBe('new')
    expect((await ask('one', { workflow_id: workflowId })).body.answer).toBe('Ada, turn 1: - one')
    const message = { query: 'one', inputs: { name: 'Eve' } }
    const trial = await readFrames(await session.fetch('POST', `/apps/${app.id}/advanced-chat/workflows/${workflowId}/run`, message))
    expect(trial.flatMap(({ data }) => (data.event === 'message' ? [data.answer] : [])).join('')).toBe('Eve, turn 1: - one')
    await app.publish(memory)
  })

  it('say what callers must know to offer them', async () => {
    const { body } = await app.send('GET', '/parameters')
    expect(body).toMatchObject({
      opening_statement: 'Hello {{name}}',
      suggested_questions: ['Why?'],
      suggested_questions_after_answer: { enabled: true },
      retriever_resource: { enabled: true },
      user_input_form: [{ 'text-input': { label: 'name', variable: 'name', required: true } }],
      file_upload: { image: { enabled: false } },
      system_parameters: { workflow_file_upload_limit: 10 },
    })
    const tag = (await session.send('POST', '/tags', { name: 'memory', type: 'app' })).body as { id: string }
    await session.send('POST', '/tag-bindings', { tag_ids: [tag.id], target_id: app.id, type: 'app' })
    expect((await app.send('GET', '/info')).body).toMatchObject({ mode: 'advanced-chat', tags: ['memory'] })
    expect((await app.send('GET', '/meta')).body).toEqual({ tool_icons: {} })
    const { message_id } = (await ask('one')).body
    expect((await app.send('GET', `/messages/${message_id}/suggested?user=u1`)).status).toBe(200)
  })
})
