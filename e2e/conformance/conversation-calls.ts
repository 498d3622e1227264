import type { Json } from '../console.ts'
import type { ServedApps } from '../served-apps.ts'
import type { Caller, Recorder } from './caller.ts'

const user = 'dora'
const ABSENT = '00000000-0000-4000-8000-000000000000'

interface Subject {
  readonly chat: Caller
  /** An app of the wrong mode. */
  readonly completion: Caller
  /** A turn of the user's, with a parent. */
  readonly turn: Json
}

/** What remains of turns: conversations, messages, ratings. */
export async function callConversations(recorder: Recorder, apps: ServedApps): Promise<void> {
  const chat = recorder.as(apps.chat)
  const ask = (query: string, conversation_id?: string): Promise<Json> =>
    chat('POST /chat-messages', { title: 'blocking', body: { inputs: { name: 'Dora' }, query, user, conversation_id }, expect: '200' })
  const { conversation_id } = await ask('Hello')
  const subject = { chat, completion: recorder.as(apps.completion), turn: await ask('And now?', conversation_id) }
  await callFeedback(subject)
  await callSuggested(recorder, apps, subject)
  await callLists(recorder.as(apps.broken), subject)
  await callVariables(subject)
  await callNameAndDelete(subject)
}

async function callFeedback({ chat, turn }: Subject): Promise<void> {
  const operation = 'POST /messages/{message_id}/feedbacks'
  const path = { message_id: turn.message_id }
  await chat(operation, { title: 'like', path, body: { rating: 'like', content: 'Good', user }, expect: '200' })
  await chat(operation, { title: 'no user', path, body: { rating: 'like' }, expect: '400 invalid_param' })
  await chat(operation, { title: 'no such message', path: { message_id: ABSENT }, body: { rating: 'like', user }, expect: '404 not_found' })
  await chat('GET /app/feedbacks', { title: 'all', expect: '200' })
}

async function callSuggested(recorder: Recorder, { console }: ServedApps, { chat, completion, turn }: Subject): Promise<void> {
  const operation = 'GET /messages/{message_id}/suggested'
  const path = { message_id: turn.message_id }
  await chat(operation, { title: 'after an answer', path, query: { user }, expect: '200' })
  await completion(operation, { title: 'wrong mode', path, query: { user }, expect: '400 not_chat_app' })
  await chat(operation, { title: 'no such message', path: { message_id: ABSENT }, query: { user }, expect: '404 not_found' })
  const plain = recorder.as(await console.createApp({ name: 'No suggestions', mode: 'chat', model: 'answering' }))
  const { message_id } = await plain('POST /chat-messages', {
    title: 'blocking',
    body: { inputs: {}, query: 'Hello', user },
    expect: '200',
  })
  await plain('GET /conversations', { title: 'without an opening statement', query: { user }, expect: '200' })
  await plain(operation, { title: 'switched off', path: { message_id }, query: { user }, expect: '400 bad_request' })
}

async function callLists(broken: Caller, { chat, completion, turn: { conversation_id } }: Subject): Promise<void> {
  const conversations = 'GET /conversations'
  await chat(conversations, { title: 'of a user', query: { user, limit: '1' }, expect: '200' })
  await completion(conversations, { title: 'wrong mode', query: { user }, expect: '400 not_chat_app' })
  await chat(conversations, { title: 'no such cursor', query: { user, last_id: ABSENT }, expect: '404 not_found' })
  const messages = 'GET /messages'
  await chat(messages, { title: 'of a conversation', query: { user, conversation_id }, expect: '200' })
  const carla = await chat(conversations, { title: 'of a user', query: { user: 'carla' }, expect: '200' })
  await chat(messages, { title: 'with files', query: { user: 'carla', conversation_id: carla.data[0].id }, expect: '200' })
  const { data } = await broken(conversations, { title: 'of a user', query: { user: 'carla' }, expect: '200' })
  await broken(messages, { title: 'with an error', query: { user: 'carla', conversation_id: data[0].id }, expect: '200' })
  await completion(messages, { title: 'wrong mode', query: { user, conversation_id }, expect: '400 not_chat_app' })
  await chat(messages, { title: 'no such conversation', query: { user, conversation_id: ABSENT }, expect: '404 not_found' })
  await chat(messages, { title: 'no such cursor', query: { user, conversation_id, first_id: ABSENT }, expect: '404 not_found' })
}

async function callVariables({ chat, completion, turn: { conversation_id } }: Subject): Promise<void> {
  const list = 'GET /conversations/{conversation_id}/variables'
  const path = { conversation_id }
  await chat(list, { title: 'none', path, query: { user }, expect: '200' })
  await chat(list, { title: 'no such name', path, query: { user, variable_name: 'a b' }, expect: '400 invalid_param' })
  await completion(list, { title: 'wrong mode', path, query: { user }, expect: '400 not_chat_app' })
  await chat(list, { title: 'no such conversation', path: { conversation_id: ABSENT }, query: { user }, expect: '404 not_found' })
  const update = 'PUT /conversations/{conversation_id}/variables/{variable_id}'
  const variable = { ...path, variable_id: ABSENT }
  await chat(update, { title: 'no such variable', path: variable, body: { value: 'x', user }, expect: '404 not_found' })
  await completion(update, { title: 'wrong mode', path: variable, body: { value: 'x', user }, expect: '400 not_chat_app' })
}

async function callNameAndDelete({ chat, completion, turn: { conversation_id } }: Subject): Promise<void> {
  const name = 'POST /conversations/{conversation_id}/name'
  const path = { conversation_id }
  const absent = { conversation_id: ABSENT }
  await chat(name, { title: 'by hand', path, body: { name: 'Mine', user }, expect: '200' })
  await chat(name, { title: 'by the model', path, body: { auto_generate: true, user }, expect: '200' })
  await chat(name, { title: 'no name', path, body: { user }, expect: '400 invalid_param' })
  await completion(name, { title: 'wrong mode', path, body: { name: 'Mine', user }, expect: '400 not_chat_app' })
  await chat(name, { title: 'no such conversation', path: absent, body: { name: 'Mine', user }, expect: '404 not_found' })
  const remove = 'DELETE /conversations/{conversation_id}'
  await completion(remove, { title: 'wrong mode', path, body: { user }, expect: '400 not_chat_app' })
  await chat(remove, { title: 'no such conversation', path: absent, body: { user }, expect: '404 not_found' })
  await chat(remove, { title: 'one of mine', path, body: { user }, expect: '204' })
}
