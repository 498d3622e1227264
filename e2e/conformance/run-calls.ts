import type { App, Json } from '../console.ts'
import { pixel, type ServedApps } from '../served-apps.ts'
import { type Recorder, send } from './caller.ts'
import { follow } from './follow.ts'

const user = 'carla'
const ABSENT = '00000000-0000-4000-8000-000000000000'

/** Sends a message, and everything that can become of it. */
export async function callRuns(recorder: Recorder, apps: ServedApps): Promise<void> {
  await callChat(recorder, apps)
  await callCompletion(recorder, apps)
  await callWithoutModel(recorder, apps)
  await callAtTheCeiling(recorder, apps)
  await callStop(recorder, apps)
}

async function callChat(recorder: Recorder, apps: ServedApps): Promise<void> {
  const operation = 'POST /chat-messages'
  const chat = recorder.as(apps.chat)
  const turn = { inputs: {}, query: 'Hello', user }
  const form = new FormData()
  form.set('user', user)
  form.set('file', new Blob([new Uint8Array(pixel)], { type: 'image/png' }), 'pixel.png')
  const { id } = await chat('POST /files/upload', { title: 'a picture', body: form, expect: '201' })
  const files = [{ type: 'image', transfer_method: 'local_file', upload_file_id: id }]
  await chat(operation, { title: 'blocking, with a file', body: { ...turn, files }, expect: '200' })
  const streaming = { ...turn, response_mode: 'streaming' }
  await chat(operation, { title: 'streaming', body: { ...streaming, files }, expect: '200' })
  await recorder.as(apps.broken)(operation, { title: 'streaming, the provider dies', body: streaming, expect: '200' })
  await recorder.as(apps.refused)(operation, { title: 'the provider refuses', body: turn, expect: '400 completion_request_error' })
  await recorder.as(apps.completion)(operation, { title: 'wrong mode', body: turn, expect: '400 not_chat_app' })
  await chat(operation, { title: 'no query', body: { ...turn, query: '' }, expect: '400 invalid_param' })
  await chat(operation, { title: 'no such option', body: { ...turn, inputs: { tone: 'loud' } }, expect: '400 invalid_param' })
  await chat(operation, { title: 'no such conversation', body: { ...turn, conversation_id: ABSENT }, expect: '404 not_found' })
  await chat(operation, {
    title: 'no JSON',
    body: 'Hello',
    headers: { 'content-type': 'text/plain' },
    expect: '415 unsupported_media_type',
  })
  await recorder.as({ key: 'app-unknown' })(operation, { title: 'unknown key', body: turn, expect: '401 unauthorized' })
}

async function callCompletion(recorder: Recorder, apps: ServedApps): Promise<void> {
  const operation = 'POST /completion-messages'
  const completion = recorder.as(apps.completion)
  const run = { inputs: { query: 'moon' }, user }
  await completion(operation, { title: 'blocking', body: run, expect: '200' })
  await completion(operation, { title: 'streaming', body: { ...run, response_mode: 'streaming' }, expect: '200' })
  await completion(operation, { title: 'no inputs', body: { ...run, inputs: {} }, expect: '400 invalid_param' })
  await recorder.as(apps.chat)(operation, { title: 'wrong mode', body: run, expect: '400 app_unavailable' })
  const refused = await apps.console.createApp({ name: 'Refused text', mode: 'completion', model: 'refused' })
  await recorder.as(refused)(operation, { title: 'the provider refuses', body: run, expect: '400 completion_request_error' })
  const broken = await apps.console.createApp({ name: 'Broken text', mode: 'completion', model: 'broken' })
  const streaming = { ...run, response_mode: 'streaming' }
  await recorder.as(broken)(operation, { title: 'streaming, the provider dies', body: streaming, expect: '200' })
}

/** Published apps whose model has been taken away since: switched off, and left without credentials. */
async function callWithoutModel(recorder: Recorder, { console, server }: ServedApps): Promise<void> {
  const providers = '/workspaces/current/model-providers'
  const demo = { provider: 'demo', name: 'demo-chat' }
  const both = async (name: string, model: typeof demo) => ({
    chat: await console.createApp({ name, mode: 'chat', model }),
    completion: await console.createApp({ name, mode: 'completion', model }),
  })
  const off = await both('Switched off', demo)
  await console.call('PATCH', `${providers}/demo/models/disable`, { model: demo.name, model_type: 'llm' })
  await callBoth(recorder, { ...off, title: 'model switched off', expect: '400 model_currently_not_support' })
  await console.call('PATCH', `${providers}/demo/models/enable`, { model: demo.name, model_type: 'llm' })

  const openai = { provider: 'langgenius/openai/openai', name: 'gpt-4o-mini' }
  const credentials = { openai_api_key: 'sk-e2e', openai_api_base: server.provider.url }
  await console.call('POST', `${providers}/${openai.provider}/credentials`, { credentials })
  const bare = await both('Without credentials', openai)
  const { data } = await console.call('GET', providers)
  const { custom_configuration } = data.find(({ provider }: Json) => provider === openai.provider)
  await console.call('DELETE', `${providers}/${openai.provider}/credentials`, { credential_id: custom_configuration.current_credential_id })
  await callBoth(recorder, { ...bare, title: 'no credentials', expect: '400 provider_not_initialize' })
}

interface BothModes {
  readonly chat: App
  readonly completion: App
  readonly title: string
  readonly expect: string
}

async function callBoth(recorder: Recorder, { chat, completion, title, expect }: BothModes): Promise<void> {
  await recorder.as(chat)('POST /chat-messages', { title, body: { inputs: {}, query: 'Hello', user }, expect })
  await recorder.as(completion)('POST /completion-messages', { title, body: { inputs: { query: 'moon' }, user }, expect })
}

/** One run at a time, and one is on its way. */
async function callAtTheCeiling(recorder: Recorder, { console, baseUrl }: ServedApps): Promise<void> {
  for (const [mode, operation] of [
    ['chat', 'POST /chat-messages'],
    ['completion', 'POST /completion-messages'],
  ] as const) {
    const app = await console.createApp({ name: `One at a time, ${mode}`, mode, model: 'slow' })
    await console.call('PUT', `/apps/${app.id}`, { name: 'One at a time', max_active_requests: 1, icon_type: 'emoji', icon: '🧪' })
    const body = { inputs: { query: 'Count' }, query: 'Count', user, response_mode: 'streaming' }
    const first = await send({ baseUrl, operation, key: app.key, call: { body } })
    await recorder.as(app)(operation, { title: 'one run too many', body, expect: '429 too_many_requests' })
    await follow(first, async ({ task_id }) => {
      await recorder.as(app)(`${operation}/{task_id}/stop`, { title: 'a run', path: { task_id }, body: { user }, expect: '200' })
    })
  }
}

async function callStop(recorder: Recorder, apps: ServedApps): Promise<void> {
  const path = { task_id: ABSENT }
  const chatStop = 'POST /chat-messages/{task_id}/stop'
  const completionStop = 'POST /completion-messages/{task_id}/stop'
  await recorder.as(apps.chat)(chatStop, { title: 'unknown task', path, body: { user }, expect: '200' })
  await recorder.as(apps.chat)(chatStop, { title: 'no user', path, body: {}, expect: '400 invalid_param' })
  await recorder.as(apps.completion)(chatStop, { title: 'wrong mode', path, body: { user }, expect: '400 not_chat_app' })
  await recorder.as(apps.completion)(completionStop, { title: 'unknown task', path, body: { user }, expect: '200' })
  await recorder.as(apps.completion)(completionStop, { title: 'no user', path, body: {}, expect: '400 invalid_param' })
  await recorder.as(apps.chat)(completionStop, { title: 'wrong mode', path, body: { user }, expect: '400 app_unavailable' })
}
