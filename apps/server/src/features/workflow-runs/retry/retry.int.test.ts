import { beforeAll, expect, it } from 'vitest'
import { describeOnServers } from '../../../testing/describe-on-servers.ts'
import { administrator, type ConsoleSession, readFrames } from '../../../testing/test-server.ts'
import { createWorkflowApp, graphOf } from '../../../testing/workflows/workflow-app.ts'

const word = { variable: 'word', label: 'Word', type: 'text-input', required: true, max_length: 20 }
const template = (text: string, variable: string, selector: readonly string[]) => ({
  type: 'template-transform',
  template: text,
  variables: [{ variable, value_selector: selector }],
})
/** Divides by a word's length less five: five letters make it fail. */
const DIVIDE = '{{ 10 // (word | length - 5) }}'
const graph = (last: object) =>
  graphOf(
    {
      start: { type: 'start', variables: [word] },
      before: template('<{{ word }}>', 'word', ['start', 'word']),
      divide: template(DIVIDE, 'word', ['start', 'word']),
      last,
    },
    ['start -> before', 'before -> divide', 'divide -> last'],
  )
const end = {
  type: 'end',
  outputs: [
    { variable: 'before', value_selector: ['before', 'output'] },
    { variable: 'result', value_selector: ['divide', 'output'] },
  ],
}

await describeOnServers('runs that failed', {}, (server) => {
  let session: ConsoleSession
  beforeAll(async () => {
    await server().setup(administrator)
    session = await server().login(administrator.email, administrator.password)
  })

  const retryAt = (appId: string, runId: string, body: object = {}) =>
    session.fetch('POST', `/apps/${appId}/workflow-runs/${runId}/retry`, body)
  const finishedNodes = (frames: Awaited<ReturnType<typeof readFrames>>) =>
    frames.filter(({ data }) => data.event === 'node_finished').map(({ data }) => `${data.data.node_id} ${data.data.status}`)

  it('are tried again from the node that failed, with other inputs, on the version that they had', async () => {
    const app = await createWorkflowApp(server(), session, graph(end))
    const { body } = await app.run({ word: 'fives' })
    expect(body.data).toMatchObject({ status: 'failed' })
    await app.publish(graph({ ...end, outputs: [] }))

    const same = await readFrames(await retryAt(app.id, body.workflow_run_id))
    expect(same.at(-1)?.data.data).toMatchObject({ status: 'failed' })
    const frames = await readFrames(await retryAt(app.id, body.workflow_run_id, { inputs: { '#start.word#': 'eleven' } }))
    expect(finishedNodes(frames)).toEqual(['start succeeded', 'before succeeded', 'divide succeeded', 'last succeeded'])
    expect(frames.at(-1)?.data.data).toMatchObject({
      status: 'succeeded',
      outputs: { before: '<fives>', result: '10' },
      created_by: { email: administrator.email },
    })

    const runId = frames[0]?.data.workflow_run_id
    expect((await session.send('GET', `/apps/${app.id}/workflow-runs/${runId}`)).body).toMatchObject({ retry_of: body.workflow_run_id })
    const { data } = (await session.send('GET', `/apps/${app.id}/workflow-runs/${runId}/node-executions`)).body
    expect(data).toMatchObject([
      { node_id: 'start' },
      { node_id: 'before' },
      { node_id: 'divide', inputs: { word: 'eleven' } },
      { node_id: 'last' },
    ])
    const runs = (await session.send('GET', `/apps/${app.id}/workflow-runs?triggered_from=app-run`)).body.data
    expect(runs).toHaveLength(3)

    expect(await (await retryAt(app.id, runId)).json()).toMatchObject({ status: 400, details: { reason: 'run_not_failed' } })
    const strange = await retryAt(app.id, body.workflow_run_id, { inputs: { wood: 'x' } })
    expect(await strange.json()).toMatchObject({ code: 'invalid_param', message: expect.stringContaining('reads no "wood"') })
    expect((await retryAt(app.id, app.id)).status).toBe(404)
  })

  it('tell which node failed and what it read, with what was changed for it before', async () => {
    const app = await createWorkflowApp(server(), session, graph(end))
    const { body } = await app.run({ word: 'fives' })
    const failedNode = (runId: string) => session.send('GET', `/apps/${app.id}/workflow-runs/${runId}/retry`)
    const input = { name: '#start.word#', label: 'start / word', value_type: 'string' }
    expect(await failedNode(body.workflow_run_id)).toMatchObject({
      status: 200,
      body: { node: { id: 'divide', type: 'template-transform', title: 'divide' }, inputs: [{ ...input, value: 'fives' }] },
    })

    const frames = await readFrames(await retryAt(app.id, body.workflow_run_id, { inputs: { '#start.word#': 'seven' } }))
    expect(frames.at(-1)?.data.data).toMatchObject({ status: 'failed' })
    const second = frames[0]?.data.workflow_run_id
    expect((await failedNode(second)).body.inputs).toEqual([{ ...input, value: 'seven' }])
    const again = await readFrames(await retryAt(app.id, second))
    const { data } = (await session.send('GET', `/apps/${app.id}/workflow-runs/${again[0]?.data.workflow_run_id}/node-executions`)).body
    expect(data).toMatchObject([{ node_id: 'start' }, { node_id: 'before' }, { node_id: 'divide', inputs: { word: 'seven' } }])

    const { body: whole } = await app.run({ word: 'twelve' })
    expect(await failedNode(whole.workflow_run_id)).toMatchObject({ status: 400, body: { code: 'invalid_param' } })
    expect((await failedNode(app.id)).status).toBe(404)
  })

  it('of a draft leave their variables when they are tried again', async () => {
    const app = await createWorkflowApp(server(), session, graph(end))
    const frames = await readFrames(await session.fetch('POST', `/apps/${app.id}/workflows/draft/run`, { inputs: { word: 'fives' } }))
    expect(frames.at(-1)?.data.data).toMatchObject({ status: 'failed' })
    await readFrames(await retryAt(app.id, frames[0]?.data.workflow_run_id, { inputs: { word: 'twelve' } }))
    const variables = (await session.send('GET', `/apps/${app.id}/workflows/draft/nodes/divide/variables`)).body.items
    expect(variables).toMatchObject([{ name: 'output', value: '10' }])
  })

  it('of a chatflow answer the same message beside the one that failed', async () => {
    const app = await createWorkflowApp(
      server(),
      session,
      graph({ type: 'answer', answer: '{{#before.output#}} {{#divide.output#}}' }),
      'advanced-chat',
    )
    const send = () =>
      session.fetch('POST', `/apps/${app.id}/advanced-chat/workflows/draft/run`, { inputs: { word: 'fives' }, query: 'Well?' })
    const failed = await readFrames(await send())
    const { conversation_id: conversationId, workflow_run_id: runId } = failed[0]?.data ?? {}
    expect(failed.find(({ data }) => data.event === 'workflow_finished')?.data.data).toMatchObject({ status: 'failed' })
    const frames = await readFrames(await retryAt(app.id, runId, { inputs: { word: 'twelve' } }))
    expect(frames[0]?.data.conversation_id).toBe(conversationId)
    const answer = frames.flatMap(({ data }) => (data.event === 'message' ? [data.answer] : [])).join('')
    expect(answer).toBe('<fives> 10')
    const messages = (await session.send('GET', `/apps/${app.id}/chat-messages?conversation_id=${conversationId}&limit=5`)).body.data
    expect(messages.map(({ query }: { readonly query: string }) => query)).toEqual(['Well?', 'Well?'])
    expect(new Set(messages.map((message: { readonly parent_message_id: string | null }) => message.parent_message_id))).toEqual(
      new Set([null]),
    )
  })
})
