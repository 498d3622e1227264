import assert from 'node:assert/strict'
import type { Readable } from 'node:stream'
import { after, before, describe, it } from 'node:test'
import { CompletionClient } from 'dify-client'
import type { App } from '../console.ts'
import { parseFrames } from '../frames.ts'
import { type ServedApps, serveApps } from '../served-apps.ts'
import { failing, greeting } from '../workflow-graphs.ts'
import { readStream, rejects, type WorkflowRunner } from './node-replies.ts'

const ABSENT = '00000000-0000-4000-8000-000000000000'
const user = 'anna'

/** `runWorkflow` is the one method that the client has for workflows; `sendRequest` is its way to the rest. */
describe('npm dify-client: workflows', () => {
  let apps: ServedApps
  let workflow: CompletionClient & WorkflowRunner
  const clientOf = ({ key }: Pick<App, 'key'>): CompletionClient & WorkflowRunner =>
    // Its types lack `runWorkflow`.
    new CompletionClient(key, apps.baseUrl) as CompletionClient & WorkflowRunner

  before(async () => {
    apps = await serveApps()
    workflow = clientOf(apps.workflows.greeting)
  })
  after(() => apps?.server.stop())

  it('runWorkflow, blocking', async () => {
    const { status, data } = await workflow.runWorkflow({ name: 'Ann' }, user)
    assert.equal(status, 200)
    assert.equal(data.data.id, data.workflow_run_id)
    assert.equal(data.data.status, 'succeeded')
    assert.deepEqual(data.data.outputs, { greeting: 'Hello Ann' })
    assert.equal(data.data.error, null)
    assert.equal(data.data.total_steps, 3)
  })

  it('runWorkflow, streaming: the stream of Node, frame by frame', async () => {
    const response = await workflow.runWorkflow({ name: 'Ann' }, user, true)
    assert.equal(response.headers['content-type'], 'text/event-stream; charset=utf-8')
    const frames = await readStream(response.data)
    const told = frames.filter(({ event }) => event !== 'text_chunk').map(({ event, data }) => `${event} ${data.node_id ?? ''}`.trim())
    assert.deepEqual(told, [
      'workflow_started',
      'node_started start',
      'node_finished start',
      'node_started text',
      'node_finished text',
      'node_started end',
      'node_finished end',
      'workflow_finished',
    ])
    const chunks = frames.filter(({ event }) => event === 'text_chunk').map(({ data }) => data.text)
    assert.equal(chunks.join('').trim(), 'Hello Ann')
    assert.deepEqual(frames.at(-1).data.outputs, { greeting: 'Hello Ann' })
  })

  it('runWorkflow of one that fails is answered, whole or streamed, with what went wrong', async () => {
    const client = clientOf(apps.workflows.failing)
    const { status, data } = await client.runWorkflow({}, user)
    assert.deepEqual([status, data.data.status], [200, 'failed'])
    assert.match(data.data.error, /division by zero/)
    const frames = await readStream((await client.runWorkflow({}, user, true)).data)
    assert.equal(frames.at(-1).event, 'workflow_finished')
    assert.equal(frames.at(-1).data.status, 'failed')
  })

  it('sendRequest, to stop a run that is being streamed', async () => {
    const slow = clientOf(apps.workflows.slow)
    const { data: stream } = await slow.runWorkflow({}, user, true)
    let text = ''
    let isStopped = false
    for await (const chunk of stream as Readable) {
      text += String(chunk)
      if (isStopped || !text.includes('text_chunk')) continue
      isStopped = true
      const [{ task_id }] = parseFrames(text)
      assert.deepEqual((await slow.sendRequest('POST', `/workflows/tasks/${task_id}/stop`, { user })).data, { result: 'success' })
    }
    const last = parseFrames(text).at(-1)
    assert.equal(last.event, 'workflow_finished')
    assert.equal(last.data.status, 'stopped')
    assert.equal((await slow.sendRequest('GET', `/workflows/run/${last.workflow_run_id}`)).data.status, 'stopped')
  })

  it('sendRequest, to look at a run, in the logs, and to follow it again', async () => {
    const { data: run } = await workflow.runWorkflow({ name: 'Berta' }, 'berta')
    const { data: detail } = await workflow.sendRequest('GET', `/workflows/run/${run.workflow_run_id}`)
    assert.deepEqual(detail.outputs, { greeting: 'Hello Berta' })
    assert.equal(JSON.parse(detail.inputs).name, 'Berta')
    const { data: logs } = await workflow.sendRequest('GET', '/workflows/logs', null, { keyword: 'Berta', status: 'succeeded' })
    assert.deepEqual([logs.total, logs.data[0].workflow_run.id], [1, run.workflow_run_id])
    assert.equal(logs.data[0].created_by_end_user.session_id, 'berta')
    const events = `/workflow/${run.workflow_run_id}/events`
    const frames = await readStream((await workflow.sendRequest('GET', events, null, { user: 'berta' }, true)).data)
    assert.deepEqual(frames.at(-1).data.outputs, { greeting: 'Hello Berta' })
    await rejects(workflow.sendRequest('GET', events, null, { user: 'eve' }, true), 404, 'not_found')
  })

  it('sendRequest, to run a version by its id, whatever was published since', async () => {
    const app = await apps.console.createWorkflow('Versions', greeting)
    const client = clientOf(app)
    const { data: first } = await client.runWorkflow({ name: 'Ann' }, user)
    await apps.console.publish(app, failing)
    const version = `/workflows/${first.data.workflow_id}/run`
    const { data: again } = await client.sendRequest('POST', version, { inputs: { name: 'Bob' }, user })
    assert.deepEqual(again.data.outputs, { greeting: 'Hello Bob' })
    const body = { inputs: { name: 'Carl' }, user, response_mode: 'streaming' }
    const frames = await readStream((await client.sendRequest('POST', version, body, undefined, true)).data)
    assert.deepEqual(frames.at(-1).data.outputs, { greeting: 'Hello Carl' })
    assert.equal((await client.runWorkflow({}, user)).data.data.status, 'failed')
  })

  it('errors: `response.status` and `response.data` of axios', async () => {
    const run = { inputs: { name: 'Ann' }, user }
    await rejects(workflow.runWorkflow({}, user), 400, 'invalid_param')
    await rejects(workflow.runWorkflow({}, user, true), 400, 'invalid_param')
    await rejects(workflow.runWorkflow({ name: 'Ann' }, ''), 400, 'invalid_param')
    await rejects(workflow.sendRequest('POST', '/workflows/latest/run', run), 400, 'bad_request')
    await rejects(workflow.sendRequest('POST', `/workflows/${ABSENT}/run`, run), 404, 'not_found')
    await rejects(workflow.sendRequest('GET', `/workflows/run/${ABSENT}`), 404, 'not_found')
    await rejects(clientOf(apps.chat).runWorkflow({}, user), 400, 'not_workflow_app')
    await rejects(clientOf({ key: 'app-unknown' }).runWorkflow({}, user, true), 401, 'unauthorized')
  })
})
