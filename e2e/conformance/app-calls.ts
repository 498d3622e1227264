import { pixel, type ServedApps } from '../served-apps.ts'
import type { Caller, Recorder } from './caller.ts'

const user = 'ella'
const ABSENT = '00000000-0000-4000-8000-000000000000'

/** Files, and what an app tells of itself. The server takes documents of 1 MB. */
export async function callFilesAndInfo(recorder: Recorder, apps: ServedApps): Promise<void> {
  const chat = recorder.as(apps.chat)
  await callFiles(chat)
  for (const caller of [chat, recorder.as(apps.completion), recorder.as(apps.workflows.greeting)]) {
    for (const operation of ['GET /info', 'GET /parameters', 'GET /meta', 'GET /site'])
      await caller(operation, { title: 'get', expect: '200' })
  }
  const closed = await apps.console.createApp({ name: 'Closed', mode: 'chat', model: 'answering' })
  await apps.console.call('POST', `/apps/${closed.id}/api-enable`, { enable_api: false })
  const turn = { inputs: {}, query: 'Hello', user }
  await recorder.as(closed)('POST /chat-messages', { title: 'API switched off', body: turn, expect: '403 forbidden' })
  await recorder.as(closed)('GET /site', { title: 'API switched off', expect: '403 forbidden' })
}

async function callFiles(chat: Caller): Promise<void> {
  const upload = 'POST /files/upload'
  const { id, created_by } = await chat(upload, { title: 'a picture', body: formOf(picture()), expect: '201' })
  await chat(upload, { title: 'no file', body: formOf(), expect: '400 no_file_uploaded' })
  await chat(upload, { title: 'two files', body: formOf(picture(), picture()), expect: '400 too_many_files' })
  await chat(upload, {
    title: 'a path for a name',
    body: formOf(new File(['x'], 'a\\b.txt', { type: 'text/plain' })),
    expect: '400 invalid_param',
  })
  const untyped = new File([new Uint8Array(pixel)], 'pixel.png', { type: 'text/plain' })
  await chat(upload, { title: 'a picture without its type', body: formOf(untyped), expect: '415 unsupported_file_type' })
  const large = new File(['x'.repeat(1024 * 1024 + 1)], 'large.txt', { type: 'text/plain' })
  await chat(upload, { title: 'too large', body: formOf(large), expect: '413 file_too_large' })

  const preview = 'GET /files/{file_id}/preview'
  await chat(preview, { title: 'of no message', path: { file_id: id }, query: { user }, expect: '403 file_access_denied' })
  await chat(preview, { title: 'no such file', path: { file_id: ABSENT }, query: { user }, expect: '404 file_not_found' })
  const files = [{ type: 'image', transfer_method: 'local_file', upload_file_id: id }]
  const turn = { inputs: {}, query: 'What is this?', user, files }
  await chat('POST /chat-messages', { title: 'blocking, with a file', body: turn, expect: '200' })
  await chat(preview, { title: 'of a message', path: { file_id: id }, query: { user }, expect: '200' })

  const endUser = 'GET /end-users/{end_user_id}'
  await chat(endUser, { title: 'who uploaded', path: { end_user_id: created_by }, expect: '200' })
  await chat(endUser, { title: 'nobody', path: { end_user_id: ABSENT }, expect: '404 end_user_not_found' })
}

const picture = (): File => new File([new Uint8Array(pixel)], 'pixel.png', { type: 'image/png' })

function formOf(...files: readonly File[]): FormData {
  const form = new FormData()
  form.set('user', user)
  for (const file of files) form.append('file', file)
  return form
}
