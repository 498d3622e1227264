import type { App, Json } from '../console.ts'
import type { ServedApps } from '../served-apps.ts'
import { approving, conversing } from '../workflow-graphs.ts'
import type { Caller, Recorder } from './caller.ts'

const user = 'frank'
const RUN = 'POST /workflows/run'
const CHAT = 'POST /chat-messages'
const OPEN = 'GET /form/human_input/{form_token}'
const SUBMIT = 'POST /form/human_input/{form_token}'
const EVENTS = 'GET /workflow/{workflow_run_id}/events'

const answer = { inputs: { comment: 'Go on', urgency: 'low', papers: [] }, action: 'approve', user }
const start = { inputs: { topic: 'Tea' }, user }

/** Runs that wait for people: their forms, and what follows of them. */
export async function callForms(recorder: Recorder, apps: ServedApps): Promise<void> {
  const app = await apps.console.createWorkflow('Approving', approving)
  const asker = recorder.as(app)
  await callPaused(asker)
  await callRefused(asker, recorder.as(apps.workflows.greeting))
  await callAnswered(asker)
  await callStopped(asker)
  await callMailed(apps, app, asker)
  const draft = {
    conversation_variables: [
      { id: '8d0f3a52-61c7-4f0e-9a0b-5d2b7c1e4f60', name: 'mood', value_type: 'string', value: 'calm', description: 'Of the talk' },
    ],
  }
  await callConversing(recorder.as(await apps.console.createWorkflow('Conversing', conversing, { mode: 'advanced-chat', draft })))
}

/** A run that waits, as its stream ends. */
async function pause(asker: Caller): Promise<Json> {
  const frames = await asker(RUN, { title: 'streaming, it pauses', body: { ...start, response_mode: 'streaming' }, expect: '200' })
  const form = frames.find(({ event }: Json) => event === 'human_input_required')
  return { form_token: form.data.form_token, workflow_run_id: form.workflow_run_id, task_id: form.task_id }
}

async function callPaused(asker: Caller): Promise<void> {
  const { workflow_run_id } = await asker(RUN, { title: 'blocking, it pauses', body: start, expect: '200' })
  const path = { workflow_run_id }
  await asker('GET /workflows/run/{workflow_run_id}', { title: 'of a paused run', path, expect: '200' })
  const query = { user, include_state_snapshot: 'true' }
  await asker(EVENTS, { title: 'of a paused run', path, query, expect: '200' })
  await asker('GET /workflows/logs', { title: 'with a paused run', query: { limit: '1' }, expect: '200' })
}

async function callRefused(asker: Caller, stranger: Caller): Promise<void> {
  const { form_token } = await pause(asker)
  const path = { form_token }
  await asker(OPEN, { title: 'a form', path, expect: '200' })
  await asker(OPEN, { title: 'no such form', path: { form_token: 'nobody-has-this' }, expect: '404 not_found' })
  await stranger(OPEN, { title: 'of another app', path, expect: '404 not_found' })
  const refused: readonly (readonly [title: string, body: object, expect: string])[] = [
    ['no user', { ...answer, user: undefined }, '400 invalid_param'],
    ['no such action', { ...answer, action: 'perhaps' }, '400 invalid_form_data'],
    ['an input too few', { ...answer, inputs: { comment: 'Go on' } }, '400 invalid_form_data'],
    ['no such option', { ...answer, inputs: { ...answer.inputs, urgency: 'extreme' } }, '400 invalid_form_data'],
  ]
  for (const [title, body, expect] of refused) await asker(SUBMIT, { title, path, body, expect })
  await asker(SUBMIT, { title: 'no such form', path: { form_token: 'nobody-has-this' }, body: answer, expect: '404 not_found' })
  await stranger(SUBMIT, { title: 'of another app', path, body: answer, expect: '404 not_found' })
  await asker(OPEN, { title: 'a form that took no answer yet', path, expect: '200' })
}

async function callAnswered(asker: Caller): Promise<void> {
  const { form_token, workflow_run_id } = await pause(asker)
  const path = { form_token }
  // Asked for now, it ends with the run.
  const query = { user, include_state_snapshot: 'true', continue_on_pause: 'true' }
  const events = asker(EVENTS, { title: 'over a pause', path: { workflow_run_id }, query, expect: '200' })
  await asker(SUBMIT, { title: 'an answer', path, body: answer, expect: '200' })
  await events
  await asker(OPEN, { title: 'an answered form', path, expect: '412 human_input_form_submitted' })
  await asker(SUBMIT, { title: 'a second answer', path, body: answer, expect: '412 human_input_form_submitted' })
}

async function callStopped(asker: Caller): Promise<void> {
  const { form_token, task_id } = await pause(asker)
  const path = { form_token }
  await asker('POST /workflows/tasks/{task_id}/stop', { title: 'a paused run', path: { task_id }, body: { user }, expect: '200' })
  await asker(OPEN, { title: 'of a run that is over', path, expect: '412 human_input_form_expired' })
  await asker(SUBMIT, { title: 'of a run that is over', path, body: answer, expect: '412 human_input_form_expired' })
}

/** Whoever was asked by mail has a link of their own, which the Service API does not take. */
async function callMailed({ console }: ServedApps, { id }: App, asker: Caller): Promise<void> {
  const { workflow_run_id } = await pause(asker)
  const { data } = await console.call('GET', `/apps/${id}/workflow-runs/${workflow_run_id}/node-executions`)
  const { process_data } = data.find(({ node_id }: Json) => node_id === 'form')
  const { url } = process_data.recipients.find(({ channel }: Json) => channel === 'email')
  const path = { form_token: url.split('/').at(-1) }
  await asker(OPEN, { title: 'by the link of a mail', path, expect: '404 not_found' })
  await asker(SUBMIT, { title: 'by the link of a mail', path, body: answer, expect: '400 bad_request' })
}

async function callConversing(chat: Caller): Promise<void> {
  const turn = { ...start, query: 'May I?' }
  const paused = await chat(CHAT, { title: 'blocking, it pauses', body: turn, expect: '200' })
  const frames = await chat(CHAT, { title: 'streaming, it pauses', body: { ...turn, response_mode: 'streaming' }, expect: '200' })
  const { data, workflow_run_id } = frames.find(({ event }: Json) => event === 'human_input_required')
  const path = { form_token: data.form_token }
  await chat(OPEN, { title: 'a form', path, expect: '200' })
  const messages = 'GET /messages'
  const { conversation_id } = paused
  await chat(messages, { title: 'with a form that waits', query: { user, conversation_id }, expect: '200' })
  const query = { user, include_state_snapshot: 'true', continue_on_pause: 'true' }
  const events = chat(EVENTS, { title: 'over a pause', path: { workflow_run_id }, query, expect: '200' })
  await chat(SUBMIT, { title: 'an answer', path, body: answer, expect: '200' })
  await events
  await chat(messages, {
    title: 'with an answered form',
    query: { user, conversation_id: frames[0].conversation_id },
    expect: '200',
  })
  await callVariables(chat, conversation_id)
}

async function callVariables(chat: Caller, conversation_id: string): Promise<void> {
  const path = { conversation_id }
  const { data } = await chat('GET /conversations/{conversation_id}/variables', {
    title: 'of a chatflow',
    path,
    query: { user },
    expect: '200',
  })
  const [variable] = data
  const update = 'PUT /conversations/{conversation_id}/variables/{variable_id}'
  const target = { ...path, variable_id: variable.id }
  await chat(update, { title: 'a variable', path: target, body: { value: 'lively', user }, expect: '200' })
  await chat(update, { title: 'of another type', path: target, body: { value: 7, user }, expect: '400 bad_request' })
}
