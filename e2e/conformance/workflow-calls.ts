import { PROVIDER } from '../console.ts'
import type { ServedApps } from '../served-apps.ts'
import { asking } from '../workflow-graphs.ts'
import { type Caller, type Recorder, send } from './caller.ts'
import { follow } from './follow.ts'

const user = 'wanda'
const ABSENT = '00000000-0000-4000-8000-000000000000'
const RUN = 'POST /workflows/run'
const RUN_VERSION = 'POST /workflows/{workflow_id}/run'
const STOP = 'POST /workflows/tasks/{task_id}/stop'

interface Subject {
  readonly workflow: Caller
  readonly failing: Caller
  /** An app of the wrong mode. */
  readonly chat: Caller
  /** A version of the workflow, and one of the other that fails. */
  readonly versions: { readonly workflow: string; readonly failing: string }
}

/** Runs workflows, and looks at what became of them. */
export async function callWorkflows(recorder: Recorder, apps: ServedApps): Promise<void> {
  const [workflow, failing] = [recorder.as(apps.workflows.greeting), recorder.as(apps.workflows.failing)]
  const run = await workflow(RUN, { title: 'blocking', body: { inputs: { name: 'Wanda' }, user }, expect: '200' })
  const failed = await failing(RUN, { title: 'blocking, it fails', body: { inputs: {}, user }, expect: '200' })
  const versions = { workflow: run.data.workflow_id, failing: failed.data.workflow_id }
  const subject = { workflow, failing, chat: recorder.as(apps.chat), versions }
  await callRun(subject, recorder)
  await callVersion(subject)
  await callReading(subject, run.workflow_run_id)
  await callFailed(failing, failed.workflow_run_id)
  await callAtTheCeiling(recorder, apps)
  await callStop(recorder, apps, subject)
}

async function callRun({ workflow, failing, chat }: Subject, recorder: Recorder): Promise<void> {
  const body = { inputs: { name: 'Wanda' }, user }
  await workflow(RUN, { title: 'streaming', body: { ...body, response_mode: 'streaming' }, expect: '200' })
  await failing(RUN, { title: 'streaming, it fails', body: { inputs: {}, user, response_mode: 'streaming' }, expect: '200' })
  await workflow(RUN, { title: 'no inputs', body: { inputs: {}, user }, expect: '400 invalid_param' })
  await workflow(RUN, { title: 'no user', body: { inputs: body.inputs }, expect: '400 invalid_param' })
  await chat(RUN, { title: 'wrong mode', body, expect: '400 not_workflow_app' })
  await recorder.as({ key: 'app-unknown' })(RUN, { title: 'unknown key', body, expect: '401 unauthorized' })
}

async function callVersion({ workflow, failing, chat, versions }: Subject): Promise<void> {
  const path = { workflow_id: versions.workflow }
  const body = { inputs: { name: 'Wanda' }, user }
  await workflow(RUN_VERSION, { title: 'blocking', path, body, expect: '200' })
  await workflow(RUN_VERSION, { title: 'streaming', path, body: { ...body, response_mode: 'streaming' }, expect: '200' })
  await failing(RUN_VERSION, { title: 'blocking, it fails', path: { workflow_id: versions.failing }, body, expect: '200' })
  await workflow(RUN_VERSION, { title: 'no inputs', path, body: { inputs: {}, user }, expect: '400 invalid_param' })
  await workflow(RUN_VERSION, { title: 'no id', path: { workflow_id: 'latest' }, body, expect: '400 bad_request' })
  await chat(RUN_VERSION, { title: 'wrong mode', path, body, expect: '400 not_workflow_app' })
  await workflow(RUN_VERSION, { title: 'no such version', path: { workflow_id: ABSENT }, body, expect: '404 not_found' })
  await workflow(RUN_VERSION, { title: 'of another app', path: { workflow_id: versions.failing }, body, expect: '404 not_found' })
}

async function callReading({ workflow, chat }: Subject, workflow_run_id: string): Promise<void> {
  const detail = 'GET /workflows/run/{workflow_run_id}'
  const events = 'GET /workflow/{workflow_run_id}/events'
  const path = { workflow_run_id }
  const absent = { workflow_run_id: ABSENT }
  await workflow(detail, { title: 'of a run', path, expect: '200' })
  await workflow(detail, { title: 'no such run', path: absent, expect: '404 not_found' })
  await chat(detail, { title: 'wrong mode', path, expect: '400 not_workflow_app' })
  await workflow(events, { title: 'of a run', path, query: { user }, expect: '200' })
  await workflow(events, { title: 'no such run', path: absent, query: { user }, expect: '404 not_found' })
  await workflow(events, { title: 'of another user', path, query: { user: 'eve' }, expect: '404 not_found' })
  await chat(events, { title: 'wrong mode', path, query: { user }, expect: '400 not_workflow_app' })
  const logs = 'GET /workflows/logs'
  await workflow(logs, { title: 'all', query: { limit: '2' }, expect: '200' })
  await workflow(logs, { title: 'a page too large', query: { limit: '101' }, expect: '400 invalid_param' })
}

async function callFailed(failing: Caller, workflow_run_id: string): Promise<void> {
  const path = { workflow_run_id }
  await failing('GET /workflows/run/{workflow_run_id}', { title: 'of a failed run', path, expect: '200' })
  await failing('GET /workflow/{workflow_run_id}/events', { title: 'of a failed run', path, query: { user }, expect: '200' })
  await failing('GET /workflows/logs', { title: 'of failed runs', query: { status: 'failed' }, expect: '200' })
}

/** One run at a time, and one is on its way. */
async function callAtTheCeiling(recorder: Recorder, { console, baseUrl }: ServedApps): Promise<void> {
  const name = 'One workflow at a time'
  const app = await console.createWorkflow(name, asking({ provider: PROVIDER, name: 'slow' }))
  await console.call('PUT', `/apps/${app.id}`, { name, max_active_requests: 1, icon_type: 'emoji', icon: '🧪' })
  const body = { inputs: {}, user, response_mode: 'streaming' }
  const first = await send({ baseUrl, operation: RUN, key: app.key, call: { body } })
  const caller = recorder.as(app)
  await follow(first, async ({ task_id, data: { workflow_id } }) => {
    await caller(RUN, { title: 'one run too many', body, expect: '429 too_many_requests' })
    await caller(RUN_VERSION, { title: 'one run too many', path: { workflow_id }, body, expect: '429 too_many_requests' })
    await caller(STOP, { title: 'a run', path: { task_id }, body: { user }, expect: '200' })
  })
}

async function callStop(recorder: Recorder, { workflows }: ServedApps, { chat }: Subject): Promise<void> {
  const path = { task_id: ABSENT }
  const slow = recorder.as(workflows.slow)
  await slow(STOP, { title: 'unknown task', path, body: { user }, expect: '200' })
  await slow(STOP, { title: 'no user', path, body: {}, expect: '400 invalid_param' })
  await chat(STOP, { title: 'wrong mode', path, body: { user }, expect: '400 not_workflow_app' })
}
