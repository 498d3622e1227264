import { beforeAll, expect, it } from 'vitest'
import { describeOnServers } from '../../../testing/describe-on-servers.ts'
import { administrator, type ConsoleSession, readFrames } from '../../../testing/test-server.ts'
import { createWorkflowApp, graphOf, type WorkflowApp } from '../../../testing/workflows/workflow-app.ts'

const names = { variable: 'names', label: 'Names', type: 'paragraph', required: true, max_length: 200_000 }
const template = (text: string, ...selectors: readonly (readonly string[])[]) => ({
  type: 'template-transform',
  template: text,
  variables: selectors.map((selector) => ({ variable: selector.at(-1), value_selector: selector })),
})
const graph = graphOf(
  {
    start: { type: 'start', variables: [names] },
    greet: template('Hello {{ names }}', ['start', 'names']),
    list: {
      type: 'variable-aggregator',
      output_type: 'string',
      variables: [
        ['nowhere', 'text'],
        ['greet', 'output'],
      ],
    },
    each: {
      type: 'iteration',
      iterator_selector: ['elsewhere', 'items'],
      output_selector: ['shout', 'output'],
      start_node_id: 'eachstart',
      flatten_output: false,
    },
    eachstart: { type: 'iteration-start', iteration_id: 'each' },
    shout: { ...template('{{ item }}! {{ output }}', ['each', 'item'], ['greet', 'output']), iteration_id: 'each' },
    again: {
      type: 'loop',
      loop_count: 2,
      loop_variables: [{ label: 'word', var_type: 'string', value_type: 'variable', value: ['greet', 'output'] }],
      break_conditions: [],
      start_node_id: 'againstart',
    },
    againstart: { type: 'loop-start', loop_id: 'again' },
    more: {
      type: 'assigner',
      version: '2',
      loop_id: 'again',
      items: [{ variable_selector: ['again', 'word'], input_type: 'constant', operation: 'over-write', value: 'more' }],
    },
    broken: {
      ...template('{{ names.none.none }}', ['start', 'names']),
      error_strategy: 'default-value',
      default_value: [{ key: 'output', type: 'string', value: 'instead' }],
    },
    failing: template('{{ names.none.none }}', ['start', 'names']),
    end: { type: 'end', outputs: [{ variable: 'greeting', value_selector: ['list', 'output'] }] },
  },
  ['start -> greet', 'greet -> list', 'list -> end', 'eachstart -> shout', 'againstart -> more'],
)

await describeOnServers('nodes of a draft', {}, (server) => {
  let session: ConsoleSession
  let app: WorkflowApp
  beforeAll(async () => {
    await server().setup(administrator)
    session = await server().login(administrator.email, administrator.password)
    app = await createWorkflowApp(server(), session, graph)
  })

  const draft = (method: string, path: string, body?: object) => session.send(method, `/apps/${app.id}/workflows/draft${path}`, body)
  const runNode = async (nodeId: string, inputs: object = {}) => (await draft('POST', `/nodes/${nodeId}/run`, { inputs })).body
  const variablesOf = async (path: string) => (await draft('GET', path)).body.items
  const runDraft = async (inputs: object) => readFrames(await session.fetch('POST', `/apps/${app.id}/workflows/draft/run`, { inputs }))

  it('need what nobody has run yet', async () => {
    const { status, body } = await draft('POST', '/nodes/greet/run', { inputs: {} })
    expect({ status, body }).toMatchObject({
      status: 400,
      body: {
        code: 'invalid_param',
        message: expect.stringContaining('"start.names"'),
        details: { reason: 'variable_unfilled', values: { path: 'start.names' } },
      },
    })
    expect((await draft('POST', '/nodes/nowhere/run', { inputs: {} })).status).toBe(404)
    expect((await draft('GET', '/nodes/greet/last-run')).status).toBe(404)
  })

  it('run with what callers give, under any of its names', async () => {
    for (const key of ['names', 'greet.names', '#start.names#', 'start.names']) {
      expect(await runNode('greet', { [key]: key })).toMatchObject({
        node_id: 'greet',
        status: 'succeeded',
        index: 1,
        inputs: { names: key },
        outputs: { output: `Hello ${key}` },
        created_by_role: 'account',
        created_by_account: { email: administrator.email },
      })
    }
  })

  it('go on with what earlier ones left, whole runs and single nodes alike', async () => {
    const frames = await runDraft({ names: 'Ada' })
    expect(frames.at(-1)?.data.data).toMatchObject({ status: 'succeeded', outputs: { greeting: 'Hello Ada' } })
    expect(await runNode('greet')).toMatchObject({ outputs: { output: 'Hello Ada' } })
    expect(await runNode('start', { names: 'Bob' })).toMatchObject({ status: 'succeeded', outputs: { names: 'Bob' } })
    expect(await runNode('greet')).toMatchObject({ outputs: { output: 'Hello Bob' } })
    expect(await runNode('list')).toMatchObject({ outputs: { output: 'Hello Bob' } })
    expect(await runNode('end')).toMatchObject({ outputs: { greeting: 'Hello Bob' } })
    expect((await draft('GET', '/nodes/end/last-run')).body).toMatchObject({ node_id: 'end', outputs: { greeting: 'Hello Bob' } })
  })

  it('check what starts take', async () => {
    expect(await runNode('start', {})).toMatchObject({ code: 'invalid_param', message: 'names is required in input form' })
  })

  it('tell failures as they are, and what strategies make of them', async () => {
    expect(await runNode('failing')).toMatchObject({ status: 'failed', error: expect.any(String), outputs: null })
    expect(await runNode('broken')).toMatchObject({ status: 'exception', outputs: { output: 'instead' } })
  })

  it('run inside containers one by one, leaving nothing', async () => {
    expect(await runNode('shout', { '#each.item#': 'one' })).toMatchObject({ outputs: { output: 'one! Hello Bob' } })
    expect(await variablesOf('/nodes/shout/variables')).toEqual([])
  })

  it('run as containers, streaming their rounds', async () => {
    const response = await session.fetch('POST', `/apps/${app.id}/workflows/draft/iteration/nodes/each/run`, {
      inputs: { 'each.input_selector': ['a', 'b'] },
    })
    const frames = await readFrames(response)
    const events = frames.map(({ data }) => data.event)
    expect(events).toEqual(
      expect.arrayContaining(['workflow_started', 'iteration_started', 'iteration_next', 'node_finished', 'iteration_completed']),
    )
    expect(frames.at(-1)?.data).toMatchObject({ event: 'workflow_finished', data: { status: 'succeeded' } })
    const [output] = await variablesOf('/nodes/each/variables')
    expect(output).toMatchObject({ name: 'output', type: 'node', selector: ['each', 'output'], value: ['a! Hello Bob', 'b! Hello Bob'] })
    expect(output.value_type).toBe('array[string]')

    const loop = await readFrames(await session.fetch('POST', `/apps/${app.id}/workflows/draft/loop/nodes/again/run`, {}))
    expect(loop.at(-1)?.data.data).toMatchObject({ status: 'succeeded' })
    const left = await variablesOf('/nodes/again/variables')
    expect(left).toMatchObject([{ name: 'word', value: 'more' }])
    const wrong = await session.send('POST', `/apps/${app.id}/workflows/draft/loop/nodes/each/run`, { inputs: { input_selector: [] } })
    expect(wrong.status).toBe(400)
  })

  it('begin runs of what follows them, with what stands before as it is now', async () => {
    const [names] = await variablesOf('/nodes/start/variables')
    await draft('PATCH', `/variables/${names.id}`, { value: 'Eve' })
    const from = async (start_node_id: string, inputs: object = {}) =>
      session.fetch('POST', `/apps/${app.id}/workflows/draft/run`, { inputs, start_node_id })
    const frames = await readFrames(await from('greet'))
    const nodes = frames.filter(({ data }) => data.event === 'node_finished').map(({ data }) => data.data.node_id)
    expect(nodes).toEqual(['greet', 'list', 'end'])
    expect(frames.at(-1)?.data.data).toMatchObject({ status: 'succeeded', outputs: { greeting: 'Hello Eve' } })
    expect(await variablesOf('/nodes/greet/variables')).toMatchObject([{ value: 'Hello Eve' }])
    const given = await readFrames(await from('list', { '#greet.output#': 'Good day' }))
    expect(given.at(-1)?.data.data).toMatchObject({ outputs: { greeting: 'Good day' } })
    expect((await from('shout')).status).toBe(400)
    expect((await from('nowhere')).status).toBe(404)
  })

  it('are no runs of the workflow', async () => {
    const { data } = (await session.send('GET', `/apps/${app.id}/workflow-runs`)).body
    expect(data).toHaveLength(3)
  })
})

await describeOnServers('variables of a draft', {}, (server) => {
  let session: ConsoleSession
  let app: WorkflowApp
  beforeAll(async () => {
    await server().setup(administrator)
    session = await server().login(administrator.email, administrator.password)
    const conversation_variables = [{ id: 'count', name: 'count', value_type: 'number', value: 1, description: '' }]
    const chat = graphOf(
      {
        start: { type: 'start', variables: [{ ...names, required: false }] },
        set: {
          type: 'assigner',
          version: '2',
          items: [{ variable_selector: ['conversation', 'count'], input_type: 'constant', operation: '+=', value: 1 }],
        },
        greet: template('Hello {{ names }}', ['start', 'names']),
        answer: { type: 'answer', answer: '{{#greet.output#}}' },
      },
      ['start -> set', 'set -> greet', 'greet -> answer'],
    )
    app = await createWorkflowApp(server(), session, chat, 'advanced-chat', { conversation_variables })
  })

  const draft = (method: string, path: string, body?: object) => session.send(method, `/apps/${app.id}/workflows/draft${path}`, body)
  const itemsOf = async (path: string) => (await draft('GET', path)).body.items
  const runNode = async (nodeId: string, body: object = { inputs: {} }) => (await draft('POST', `/nodes/${nodeId}/run`, body)).body

  it('of a conversation begin as the workflow says', async () => {
    expect(await itemsOf('/conversation-variables')).toMatchObject([
      {
        type: 'conversation',
        name: 'count',
        selector: ['conversation', 'count'],
        value_type: 'number',
        value: 1,
        edited: false,
        visible: true,
      },
    ])
  })

  it('are left by nodes, the system’s with those of the start', async () => {
    await runNode('start', { inputs: { names: 'Ada' }, query: 'Who is there?' })
    expect(await itemsOf('/nodes/start/variables')).toMatchObject([{ name: 'names', value: 'Ada', value_type: 'string' }])
    const system = await itemsOf('/system-variables')
    expect(system).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'query', type: 'sys', value: 'Who is there?', visible: true }),
        expect.objectContaining({ name: 'dialogue_count', value: 1, visible: false }),
      ]),
    )
    const list = (await draft('GET', '/variables?limit=2')).body
    expect(list.items).toHaveLength(2)
    expect(list.total).toBe(system.length + 2)
    expect(list.items[0]).not.toHaveProperty('value')
  })

  it('of the conversation change with nodes that assign them', async () => {
    expect(await runNode('set')).toMatchObject({ status: 'succeeded' })
    expect(await itemsOf('/conversation-variables')).toMatchObject([{ name: 'count', value: 2, edited: false }])
    expect(await itemsOf('/nodes/set/variables')).toMatchObject([{ name: '__dummy__', visible: false }])
  })

  it('are changed within their types, used as changed, and reset', async () => {
    const [variable] = await itemsOf('/nodes/start/variables')
    const path = `/variables/${variable.id}`
    expect((await draft('PATCH', path, { value: 5 })).body).toMatchObject({
      code: 'invalid_param',
      message: expect.stringContaining('"string"'),
      details: { reason: 'variable_type', values: { type: 'string', given: 'integer' } },
    })
    expect((await draft('PATCH', path, { value: 'Bob' })).body).toMatchObject({ id: variable.id, value: 'Bob', edited: true })
    expect(await runNode('greet')).toMatchObject({ outputs: { output: 'Hello Bob' } })
    expect((await draft('PUT', `${path}/reset`)).body).toMatchObject({ value: 'Ada', edited: false })
    const [count] = await itemsOf('/conversation-variables')
    await draft('PATCH', `/variables/${count.id}`, { value: 7.5 })
    await runNode('set')
    expect(await itemsOf('/conversation-variables')).toMatchObject([{ value: 8.5, edited: false }])
    expect((await draft('PUT', `/variables/${count.id}/reset`)).body).toMatchObject({ value: 1 })
  })

  it('of the system are closed but for the question and its files', async () => {
    const system: { readonly name: string; readonly id: string }[] = await itemsOf('/system-variables')
    const idOf = (name: string) => system.find((variable) => variable.name === name)?.id
    expect((await draft('PATCH', `/variables/${idOf('query')}`, { value: 'Another question' })).status).toBe(200)
    expect((await draft('PATCH', `/variables/${idOf('user_id')}`, { value: 'me' })).status).toBe(400)
  })

  it('that are large are shown in part, and lie whole behind a link', async () => {
    const text = 'ä'.repeat(150_000)
    await runNode('start', { inputs: { names: text } })
    const [variable] = await itemsOf('/nodes/start/variables')
    expect(variable).toMatchObject({ is_truncated: true, full_content: { size_bytes: 900_002, length: 150_000, value_type: 'string' } })
    expect(variable.value).toHaveLength(100_001)
    const link: string = variable.full_content.download_url
    const whole = await fetch(new URL(link, server().url))
    expect(await whole.json()).toBe(text)
    expect((await fetch(new URL(link.replace(/sign=[^&]+/, 'sign=x'), server().url))).status).toBe(404)
    const { outputs } = await runNode('greet')
    expect(outputs.output).toHaveLength(150_006)
  })

  it('are each editor’s own', async () => {
    const [variable] = await itemsOf('/nodes/start/variables')
    const { features, platform } = server().process
    const { db } = platform.database
    const owner = { email: 'other@example.com', name: 'Other', password: 'correct horse 1', language: 'en-US' }
    const { tenant_id: home } = await db.selectFrom('apps').select('tenant_id').where('id', '=', app.id).executeTakeFirstOrThrow()
    await features.accounts.setup.createWorkspace(owner, 'Elsewhere')
    await db.updateTable('tenant_members').set({ tenant_id: home, role: 'editor' }).where('tenant_id', '!=', home).execute()
    const colleague = await server().login('other@example.com', 'correct horse 1')
    const base = `/apps/${app.id}/workflows/draft`
    expect((await colleague.send('GET', `${base}/variables/${variable.id}`)).status).toBe(404)
    expect((await colleague.send('GET', `${base}/nodes/start/variables`)).body.items).toEqual([])
    expect((await colleague.send('DELETE', `${base}/variables`)).status).toBe(204)
    expect((await colleague.send('GET', `${base}/nodes/greet/last-run`)).body).toMatchObject({
      created_by_account: { email: administrator.email },
    })
    expect(await itemsOf('/nodes/start/variables')).toHaveLength(1)
  })

  it('are left by messages that try the draft, and go on with it', async () => {
    const send = async (body: object) =>
      readFrames(await session.fetch('POST', `/apps/${app.id}/advanced-chat/workflows/draft/run`, { inputs: { names: 'Ada' }, ...body }))
    const frames = await send({ query: 'Hi' })
    expect(frames.map(({ data }) => data.event)).toEqual(
      expect.arrayContaining(['workflow_started', 'message', 'message_end', 'workflow_finished']),
    )
    const { conversation_id, message_id } = frames.at(-1)?.data ?? {}
    expect(await itemsOf('/conversation-variables')).toMatchObject([{ value: 2 }])
    expect(await itemsOf('/system-variables')).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: 'conversation_id', value: conversation_id })]),
    )
    await send({ query: 'Again', conversation_id, parent_message_id: message_id })
    const [count] = await itemsOf('/conversation-variables')
    expect(count).toMatchObject({ value: 3 })
    expect(
      (await session.send('GET', `/apps/${app.id}/conversation-variables?conversation_id=${conversation_id}`)).body.data,
    ).toMatchObject([{ value: '3' }])

    await draft('PATCH', `/variables/${count.id}`, { value: 40 })
    const part = await send({ start_node_id: 'set', inputs: { '#start.names#': 'Bob' }, conversation_id })
    expect(part.find(({ data }) => data.event === 'message')?.data).toMatchObject({ answer: 'Hello Bob' })
    expect(await itemsOf('/conversation-variables')).toMatchObject([{ value: 41 }])
    const messages = (await session.send('GET', `/apps/${app.id}/chat-messages?conversation_id=${conversation_id}&limit=5`)).body.data
    expect(messages.map(({ query }: { readonly query: string }) => query)).toEqual(expect.arrayContaining(['Hi', 'Again']))
    const refused = await session.send('POST', `/apps/${app.id}/advanced-chat/workflows/draft/run`, { inputs: {} })
    expect(refused.body).toMatchObject({ code: 'invalid_param', message: 'query is required' })
  })

  it('are forgotten one by one, by node, and all at once', async () => {
    const [variable] = await itemsOf('/nodes/greet/variables')
    expect((await draft('DELETE', `/variables/${variable.id}`)).status).toBe(204)
    expect((await draft('DELETE', `/variables/${variable.id}`)).status).toBe(404)
    expect((await draft('DELETE', '/nodes/start/variables')).status).toBe(204)
    expect(await itemsOf('/nodes/start/variables')).toEqual([])
    expect((await draft('DELETE', '/variables')).status).toBe(204)
    expect((await draft('GET', '/variables')).body).toEqual({ items: [], total: 0 })
  })
})
