import type { ServedApps } from '../served-apps.ts'
import type { Recorder } from './caller.ts'

const user = 'ella'
const ABSENT = '00000000-0000-4000-8000-000000000000'

/** Recordings in, speech out. */
export async function callAudio(recorder: Recorder, apps: ServedApps): Promise<void> {
  const chat = recorder.as(apps.chat)
  const silent = recorder.as(apps.completion)
  const hear = 'POST /audio-to-text'
  await chat(hear, { title: 'a recording', body: formOf(recording('audio/mp3')), expect: '200' })
  await chat(hear, { title: 'no part with a file', body: formOf(), expect: '400 bad_request_key_error' })
  await chat(hear, { title: 'no recording', body: formOf(recording('text/plain')), expect: '415 unsupported_audio_type' })
  await chat(hear, { title: 'too large', body: formOf(recording('audio/wav', 30 * 1024 * 1024 + 1)), expect: '413 audio_too_large' })
  await silent(hear, { title: 'an app that does not hear', body: formOf(recording('audio/mp3')), expect: '400 invalid_param' })

  const speak = 'POST /text-to-audio'
  await chat(speak, { title: 'a text', body: { text: 'Hello', user }, expect: '200' })
  const turn = { inputs: {}, query: 'Hello', user }
  const { message_id } = await chat('POST /chat-messages', { title: 'to be spoken', body: turn, expect: '200' })
  await chat(speak, { title: 'an answer', body: { message_id, voice: 'nova', streaming: true, user }, expect: '200' })
  await chat(speak, { title: 'nothing', body: { user }, expect: '400 invalid_param' })
  await chat(speak, { title: 'no such message', body: { message_id: ABSENT, user }, expect: '404 not_found' })
  await silent(speak, { title: 'an app that does not speak', body: { text: 'Hello', user }, expect: '400 invalid_param' })
}

const recording = (type: string, size = 1_000): File => new File([new Uint8Array(size)], 'speech.mp3', { type })

function formOf(file?: File): FormData {
  const form = new FormData()
  form.set('user', user)
  if (file) form.append('file', file)
  return form
}
