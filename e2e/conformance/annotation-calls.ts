import { setTimeout as wait } from 'node:timers/promises'
import type { Json } from '../console.ts'
import type { ServedApps } from '../served-apps.ts'
import type { Caller, Recorder } from './caller.ts'

const user = 'fay'
const ABSENT = '00000000-0000-4000-8000-000000000000'
const QUESTION = 'When are you open?'
const POLL_INTERVAL_MS = 50
const MAX_POLLS = 200

/** Answers that people wrote, and questions that they answer. By words alone: no model embeds. */
export async function callAnnotations(recorder: Recorder, { console }: ServedApps): Promise<void> {
  const chat = recorder.as(await console.createApp({ name: 'Annotated', mode: 'chat', model: 'answering' }))
  const { id } = await chat('POST /apps/annotations', {
    title: 'one',
    body: { question: QUESTION, answer: 'From eight.' },
    expect: '201',
  })
  await callEntry(chat, id)
  await callReply(chat)
  await chat('GET /apps/annotations', { title: 'that answered', expect: '200' })
  const remove = 'DELETE /apps/annotations/{annotation_id}'
  await chat(remove, { title: 'one of mine', path: { annotation_id: id }, expect: '204' })
  await chat(remove, { title: 'no such annotation', path: { annotation_id: id }, expect: '404 not_found' })
}

async function callEntry(chat: Caller, id: string): Promise<void> {
  const list = 'GET /apps/annotations'
  await chat(list, { title: 'all', query: { page: '1', limit: '10' }, expect: '200' })
  await chat(list, { title: 'by a word', query: { keyword: 'nobody wrote this' }, expect: '200' })
  const update = 'PUT /apps/annotations/{annotation_id}'
  const body = { question: QUESTION, answer: 'From nine.' }
  await chat(update, { title: 'another answer', path: { annotation_id: id }, body, expect: '200' })
  await chat(update, { title: 'no such annotation', path: { annotation_id: ABSENT }, body, expect: '404 not_found' })
}

async function callReply(chat: Caller): Promise<void> {
  const path = { action: 'enable', job_id: ABSENT }
  await chat(STATUS, { title: 'no such job', path, expect: '400 invalid_param' })
  await turn(chat, 'enable')
  const ask = { inputs: {}, query: QUESTION, user }
  const answered = await chat('POST /chat-messages', { title: 'answered by people', body: ask, expect: '200' })
  if (answered.answer !== 'From nine.') throw new Error(`An annotated question was answered by ${JSON.stringify(answered)}`)
  await chat('POST /chat-messages', {
    title: 'answered by people, streamed',
    body: { ...ask, response_mode: 'streaming' },
    expect: '200',
  })
  await chat('GET /messages', { title: 'answered by people', query: { user, conversation_id: answered.conversation_id }, expect: '200' })
  await turn(chat, 'disable')
}

const STATUS = 'GET /apps/annotation-reply/{action}/status/{job_id}'

/** Switches it on or off and waits for that. */
async function turn(chat: Caller, action: 'enable' | 'disable'): Promise<void> {
  const body = { score_threshold: 0.9, embedding_provider_name: '', embedding_model_name: '' }
  const { job_id } = await chat('POST /apps/annotation-reply/{action}', { title: action, path: { action }, body, expect: '200' })
  for (let poll = 0; poll < MAX_POLLS; poll += 1) {
    const job: Json = await chat(STATUS, { title: action, path: { action, job_id }, expect: '200' })
    if (job.job_status === 'completed') return
    if (job.job_status === 'error') throw new Error(`Annotations could not be ${action}d: ${job.error_msg}`)
    await wait(POLL_INTERVAL_MS)
  }
  throw new Error(`Whether annotations are ${action}d was not known after ${MAX_POLLS} looks`)
}
