import assert from 'node:assert/strict'
import type { Readable } from 'node:stream'
import { after, before, describe, it } from 'node:test'
import { ChatClient, CompletionClient, DifyClient } from 'dify-client'
import type { App, Json } from '../console.ts'
import { eventsOf, parseFrames, textOf } from '../frames.ts'
import { ANSWER, pixel, type ServedApps, serveApps } from '../served-apps.ts'
import { readStream, rejects, type WorkflowRunner } from './node-replies.ts'

const ABSENT = '00000000-0000-4000-8000-000000000000'
const user = 'anna'

describe('npm dify-client', () => {
  let apps: ServedApps
  let chat: ChatClient
  let completion: CompletionClient
  const called = new Set<string>()

  /** The client itself; which of its methods are called is noted. */
  const watch = <T extends object>(client: T): T =>
    new Proxy(client, {
      get(target, name, receiver) {
        called.add(String(name))
        return Reflect.get(target, name, receiver)
      },
    })
  const chatOf = (app: App): ChatClient => watch(new ChatClient(app.key, apps.baseUrl))

  before(async () => {
    apps = await serveApps({ UPLOAD_FILE_SIZE_LIMIT: '1' })
    chat = chatOf(apps.chat)
    completion = watch(new CompletionClient(apps.completion.key, apps.baseUrl))
  })
  after(() => apps?.server.stop())

  describe('chat', () => {
    it('createChatMessage, blocking', async () => {
      const { status, data } = await chat.createChatMessage({ name: 'Ann' }, 'Hello', user)
      assert.equal(status, 200)
      assert.equal(data.answer, ANSWER)
      assert.equal(data.event, 'message')
      assert.equal(data.mode, 'chat')
      assert.equal(data.id, data.message_id)
      assert.ok(data.metadata.usage.total_tokens > 0)
    })

    it('createChatMessage, streaming: the stream of Node, frame by frame', async () => {
      const response = await chat.createChatMessage({}, 'Hello', user, true)
      assert.equal(response.headers['content-type'], 'text/event-stream; charset=utf-8')
      const frames = await readStream(response.data)
      assert.equal(textOf(frames), ANSWER)
      assert.deepEqual(eventsOf(frames), ['message', 'message_end'])
      assert.ok(frames.at(-1).metadata.usage.total_tokens > 0)
    })

    it('createChatMessage goes on in its conversation', async () => {
      const first = await ask(chat, 'My name is Ann')
      const second = await ask(chat, 'What is my name?', first.conversation_id)
      assert.equal(second.conversation_id, first.conversation_id)
      const { data } = await chat.getConversationMessages(user, first.conversation_id)
      assert.deepEqual(queriesOf(data), ['My name is Ann', 'What is my name?'])
    })

    it('createChatMessage with an uploaded file', async () => {
      const uploaded = await upload(chat, pixel, { name: 'pixel.png', type: 'image/png' })
      const files = [{ type: 'image', transfer_method: 'local_file', upload_file_id: uploaded.id }]
      const { data } = await chat.createChatMessage({}, 'What is this?', user, false, null, asFiles(files))
      const history = await chat.getConversationMessages(user, data.conversation_id)
      const [file] = history.data.data[0].message_files
      assert.equal(file.filename, 'pixel.png')
      assert.equal(file.belongs_to, 'user')
      const content = await fetch(new URL(file.url, apps.server.url))
      assert.deepEqual(Buffer.from(await content.arrayBuffer()), pixel)
    })

    it('getConversationMessages, page by page, backwards', async () => {
      const { conversation_id } = await ask(chat, 'one')
      await ask(chat, 'two', conversation_id)
      await ask(chat, 'three', conversation_id)
      const newest = await chat.getConversationMessages(user, conversation_id, null, 2)
      assert.deepEqual(queriesOf(newest.data), ['two', 'three'])
      assert.equal(newest.data.has_more, true)
      const older = await chat.getConversationMessages(user, conversation_id, newest.data.data[0].id, 2)
      assert.deepEqual(queriesOf(older.data), ['one'])
      assert.equal(older.data.has_more, false)
    })

    it('getConversations: of this user only, newest first; what the client sends beside is passed over', async () => {
      const first = await ask(chat, 'one', undefined, 'berta')
      const { data: second } = await chat.createChatMessage({ name: 'Berta' }, 'two', 'berta')
      const { data } = await chat.getConversations('berta')
      assert.deepEqual(
        data.data.map(({ id }: Json) => id),
        [second.conversation_id, first.conversation_id],
      )
      const page = await chat.getConversations('berta', ABSENT, 1, true)
      assert.equal(page.data.data.length, 1)
      assert.equal(page.data.has_more, true)
      assert.equal(page.data.data[0].introduction, 'Welcome, Berta.')
    })

    it('renameConversation, by hand and by the model', async () => {
      const { conversation_id } = await ask(chat, 'Tell me about pigeons')
      const rename = chat.renameConversation.bind(chat) as Rename
      assert.equal((await rename(conversation_id, 'Pigeons', user)).data.name, 'Pigeons')
      const generated = await rename(conversation_id, '', user, true)
      assert.equal(generated.status, 200)
      assert.notEqual(generated.data.name, 'Pigeons')
      assert.ok(generated.data.name.length > 0)
    })

    it('deleteConversation: 204 and gone', async () => {
      const { conversation_id } = await ask(chat, 'Forget this')
      assert.equal((await chat.deleteConversation(conversation_id, user)).status, 204)
      await rejects(chat.getConversationMessages(user, conversation_id), 404, 'not_found')
      await rejects(chat.deleteConversation(conversation_id, user), 404, 'not_found')
    })
  })

  describe('every app', () => {
    it('getApplicationParameters', async () => {
      const { data } = await chat.getApplicationParameters(user)
      assert.equal(data.opening_statement, 'Welcome, {{name}}.')
      assert.deepEqual(data.suggested_questions_after_answer, { enabled: true })
      assert.equal(data.user_input_form[0]['text-input'].variable, 'name')
      assert.equal(data.system_parameters.file_size_limit, 1)
    })

    it('messageFeedback: like, dislike, and taken back', async () => {
      const { message_id, conversation_id } = await ask(chat, 'Rate me')
      for (const rating of ['like', 'dislike', null]) {
        assert.deepEqual((await chat.messageFeedback(message_id, asRating(rating), user)).data, { result: 'success' })
        const { data } = await chat.getConversationMessages(user, conversation_id)
        assert.deepEqual(data.data[0].feedback, rating && { rating })
      }
    })

    it('fileUpload', async () => {
      const file = await upload(chat, pixel, { name: 'pixel.png', type: 'image/png' })
      assert.equal(file.name, 'pixel.png')
      assert.equal(file.size, pixel.length)
      assert.equal(file.extension, 'png')
      assert.equal(file.mime_type, 'image/png')
    })

    it('sendRequest, for what has no method: suggested questions, meta, info, site', async () => {
      const { message_id } = await ask(chat, 'Hello')
      const { data } = await chat.sendRequest('GET', `/messages/${message_id}/suggested`, null, { user })
      assert.deepEqual(data, { result: 'success', data: JSON.parse(ANSWER) })
      assert.deepEqual((await chat.sendRequest('GET', '/meta')).data, { tool_icons: {} })
      assert.equal((await chat.sendRequest('GET', '/info')).data.mode, 'chat')
      assert.equal((await chat.sendRequest('GET', '/site')).data.title, 'Chat')
    })

    it('sendRequest, for speech in both directions', async () => {
      const form = new FormData()
      form.set('user', user)
      form.set('file', new Blob([new Uint8Array(100)], { type: 'audio/mp3' }), 'speech.mp3')
      const heard = await chat.sendRequest('POST', '/audio-to-text', form, undefined, false, { 'Content-Type': 'multipart/form-data' })
      assert.deepEqual(heard.data, { text: 'What was said' })
      const { data: stream, headers } = await chat.sendRequest('POST', '/text-to-audio', { text: 'Hello', user }, undefined, true)
      assert.equal(headers['content-type'], 'audio/mpeg')
      const chunks: Buffer[] = []
      for await (const chunk of stream as Readable) chunks.push(chunk)
      assert.equal(Buffer.concat(chunks).readUInt16BE(0), 0xfffb)
    })

    it('sendRequest, to stop an answer that is being streamed', async () => {
      const slow = chatOf(apps.slow)
      const { data: stream } = await slow.createChatMessage({}, 'Count', user, true)
      const chunks: string[] = []
      for await (const chunk of stream as Readable) {
        chunks.push(String(chunk))
        if (chunks.length > 1) continue
        const [{ task_id }] = parseFrames(chunks.join(''))
        assert.deepEqual((await slow.sendRequest('POST', `/chat-messages/${task_id}/stop`, { user })).data, { result: 'success' })
      }
      const frames = parseFrames(chunks.join(''))
      assert.equal(frames.at(-1).event, 'message_end')
      const { data } = await slow.getConversationMessages(user, frames[0].conversation_id)
      assert.equal(data.data[0].answer, textOf(frames))
      assert.equal(data.data[0].status, 'normal')
    })

    it('updateApiKey', async () => {
      const client = chatOf(apps.chat)
      client.updateApiKey('app-wrong')
      await rejects(client.getApplicationParameters(user), 401, 'unauthorized')
      client.updateApiKey(apps.slow.key)
      assert.equal((await client.sendRequest('GET', '/info')).data.name, 'Slow')
    })
  })

  describe('completion', () => {
    it('createCompletionMessage, blocking', async () => {
      const { data } = await completion.createCompletionMessage({ query: 'moon' }, user)
      assert.equal(data.answer, ANSWER)
      assert.equal(data.mode, 'completion')
      assert.ok(!('conversation_id' in data))
    })

    it('createCompletionMessage, streaming', async () => {
      const frames = await readStream((await completion.createCompletionMessage({ query: 'moon' }, user, true)).data)
      assert.equal(textOf(frames), ANSWER)
      assert.equal(frames.at(-1).event, 'message_end')
    })

    it('createCompletionMessage with an uploaded file, and feedback on it', async () => {
      const { id } = await upload(completion, pixel, { name: 'pixel.png', type: 'image/png' })
      const files = [{ type: 'image', transfer_method: 'local_file', upload_file_id: id }]
      const { data } = await completion.createCompletionMessage({ query: 'this' }, user, false, asFiles(files))
      assert.equal(data.answer, ANSWER)
      assert.deepEqual((await completion.messageFeedback(data.message_id, asRating('like'), user)).data, { result: 'success' })
    })

    it('runWorkflow, of an app that is no workflow', async () => {
      await rejects((completion as unknown as WorkflowRunner).runWorkflow({}, user), 400, 'not_workflow_app')
    })
  })

  describe('errors: `response.status` and `response.data` of axios', () => {
    it('400 invalid_param: no query, no user, no conversation, a rating that is none, a conversation that is no id', async () => {
      await rejects(chat.createChatMessage({}, '', user), 400, 'invalid_param')
      await rejects(chat.createChatMessage({}, 'Hello', ''), 400, 'invalid_param')
      await rejects(chat.getConversationMessages(user), 400, 'invalid_param')
      await rejects(chat.createChatMessage({}, 'Hello', user, false, 'mine'), 400, 'invalid_param')
      const { message_id } = await ask(chat, 'Hello')
      await rejects(chat.messageFeedback(message_id, 5, user), 400, 'invalid_param')
    })

    it('400 invalid_param: inputs that the form does not take', async () => {
      await rejects(chat.createChatMessage({ tone: 'loud' }, 'Hello', user), 400, 'invalid_param')
      await rejects(completion.createCompletionMessage({}, user), 400, 'invalid_param')
    })

    it('400 not_chat_app and app_unavailable: the wrong kind of app', async () => {
      await rejects(chatOf(apps.completion).createChatMessage({}, 'Hello', user), 400, 'not_chat_app')
      await rejects(chatOf(apps.completion).getConversations(user), 400, 'not_chat_app')
      const mistaken = new CompletionClient(apps.chat.key, apps.baseUrl)
      await rejects(mistaken.createCompletionMessage({ query: 'Hello' }, user), 400, 'app_unavailable')
    })

    it('400 completion_request_error: the provider refuses, asked whole or streamed', async () => {
      const refused = chatOf(apps.refused)
      await rejects(refused.createChatMessage({}, 'Hello', user), 400, 'completion_request_error')
      const [frame, ...more] = await readStream((await refused.createChatMessage({}, 'Hello', user, true)).data)
      assert.equal(frame.event, 'error')
      assert.equal(frame.code, 'completion_request_error')
      assert.deepEqual(more, [])
    })

    it('an error frame: the provider dies in mid-stream', async () => {
      const frames = await readStream((await chatOf(apps.broken).createChatMessage({}, 'Hello', user, true)).data)
      assert.deepEqual(eventsOf(frames), ['message', 'error'])
      assert.equal(frames.at(-1).code, 'completion_request_error')
      const { data } = await chatOf(apps.broken).getConversationMessages(user, frames[0].conversation_id)
      assert.equal(data.data[0].status, 'error')
      assert.equal(data.data[0].answer, textOf(frames))
    })

    it('404 not_found: conversations and messages of nobody and of others', async () => {
      const { conversation_id, message_id } = await ask(chat, 'Mine')
      for (const id of [ABSENT, conversation_id]) {
        await rejects(chat.createChatMessage({}, 'Hello', 'eve', false, id), 404, 'not_found')
        await rejects(chat.getConversationMessages('eve', id), 404, 'not_found')
        await rejects(chat.renameConversation(id, 'Mine now', 'eve'), 404, 'not_found')
        await rejects(chat.deleteConversation(id, 'eve'), 404, 'not_found')
      }
      await rejects(chat.messageFeedback(message_id, asRating('like'), 'eve'), 404, 'not_found')
    })

    it('401 unauthorized, asked whole or streamed', async () => {
      const stranger = new ChatClient('app-unknown', apps.baseUrl)
      await rejects(stranger.getConversations(user), 401, 'unauthorized')
      await rejects(stranger.createChatMessage({}, 'Hello', user, true), 401, 'unauthorized')
    })

    it('413 file_too_large and 400 no_file_uploaded', async () => {
      const large = Buffer.alloc(1024 * 1024 + 1, 'x')
      await rejects(upload(chat, large, { name: 'large.txt', type: 'text/plain' }), 413, 'file_too_large')
      const empty = new FormData()
      empty.set('user', user)
      await rejects(chat.fileUpload(empty), 400, 'no_file_uploaded')
    })
  })

  it('leaves no method of the client untried', () => {
    const methods = [DifyClient, ChatClient, CompletionClient].flatMap(({ prototype }) => Object.getOwnPropertyNames(prototype))
    const untried = methods.filter((name) => name !== 'constructor' && !called.has(name))
    assert.deepEqual(untried, [])
  })
})

/** The client has a fourth parameter that its types lack. */
type Rename = (id: string, name: string, user: string, auto_generate?: boolean) => Promise<Json>
/** The client's types ask for browser files where the API takes descriptions of files. */
const asFiles = (files: readonly object[]): File[] => files as unknown as File[]
/** The client's types ask for a number where the API takes a word. */
const asRating = (rating: string | null): number => rating as unknown as number

const queriesOf = (list: Json): string[] => list.data.map(({ query }: Json) => query)

async function ask(client: ChatClient, query: string, conversation?: string, who = user): Promise<Json> {
  return (await client.createChatMessage({}, query, who, false, conversation)).data
}

async function upload(client: DifyClient, bytes: Buffer, { name, type }: { readonly name: string; readonly type: string }): Promise<Json> {
  const form = new FormData()
  form.set('user', user)
  form.set('file', new Blob([new Uint8Array(bytes)], { type }), name)
  const { status, data } = await client.fileUpload(form)
  assert.equal(status, 201)
  return data
}
