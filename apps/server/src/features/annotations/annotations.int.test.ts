import { beforeAll, describe, expect, it, vi } from 'vitest'
import { describeTalks, insertConversation, insertMessage, signInElsewhere } from '../../testing/talks.ts'
import type { JsonReply, TestApp } from '../../testing/test-server.ts'
import { createWorkflowApp, graphOf } from '../../testing/workflows/workflow-app.ts'

const UNKNOWN = '0196f1b2-7a3c-7d00-8000-0123456789ab'

await describeTalks('annotations', (talks) => {
  let app: TestApp
  beforeAll(async () => {
    app = await talks.server.createApp(talks.session, { mode: 'chat' })
  })

  const console = (method: string, path = '', body?: object): Promise<JsonReply> =>
    talks.session.send(method, `/apps/${app.id}/annotations${path}`, body)
  const questionsOf = async (query = ''): Promise<string[]> =>
    (await console('GET', `?${query}`)).body.data.map(({ question }: { readonly question: string }) => question)
  const clear = async () => expect((await console('DELETE')).status).toBe(204)

  describe('of both APIs', () => {
    it('are written, listed newest first, found, changed and deleted', async () => {
      await clear()
      const made = await console('POST', '', { question: ' What is it? ', answer: 'A tool' })
      expect(made).toMatchObject({ status: 201, body: { question: 'What is it?', answer: 'A tool', hit_count: 0 } })
      const other = await app.send('POST', '/apps/annotations', { question: '100%', answer: 'All of It' })
      expect(other).toMatchObject({ status: 201, body: { question: '100%', answer: 'All of It' } })
      expect(await app.send('GET', '/apps/annotations?limit=500')).toMatchObject({
        status: 200,
        body: { page: 1, limit: 100, total: 2, has_more: false, data: [other.body, made.body] },
      })
      expect(await questionsOf('keyword=%25')).toEqual(['100%'])
      expect(await questionsOf('keyword=IT')).toEqual(['100%', 'What is it?'])
      expect(await questionsOf('limit=1&page=2')).toEqual(['What is it?'])
      expect((await console('GET', '/count')).body).toEqual({ count: 2 })

      const { id } = made.body
      expect(await console('POST', `/${id}`, { content: 'Software' })).toMatchObject({
        status: 200,
        body: { ...made.body, answer: 'Software' },
      })
      expect(await app.send('PUT', `/apps/annotations/${id}`, { question: 'What?', answer: 'That' })).toMatchObject({
        status: 200,
        body: { ...made.body, question: 'What?', answer: 'That' },
      })
      expect((await app.send('DELETE', `/apps/annotations/${id}`)).status).toBe(204)
      expect(await questionsOf()).toEqual(['100%'])
    })

    it('are refused where something is missing', async () => {
      const refused = (param: string, reason = `${param}_empty`) => ({
        status: 400,
        body: { code: 'invalid_param', params: param, details: { reason } },
      })
      expect(await console('POST', '', { answer: 'x' })).toMatchObject(refused('question'))
      expect(await console('POST', '', { question: 'x', answer: ' ' })).toMatchObject(refused('answer'))
      expect(await app.send('POST', '/apps/annotations', { question: 'x' })).toMatchObject(refused('answer', 'field_missing'))
      const unknown = { status: 404, body: { code: 'not_found' } }
      expect(await console('POST', `/${UNKNOWN}`, { answer: 'x' })).toMatchObject(unknown)
      expect(await console('DELETE', `/${UNKNOWN}`)).toMatchObject(unknown)
      expect(await console('GET', `/${UNKNOWN}/hit-histories`)).toMatchObject(unknown)
      expect(await app.send('PUT', `/apps/annotations/${UNKNOWN}`, { question: 'x', answer: 'y' })).toMatchObject(unknown)
      expect(await app.send('DELETE', `/apps/annotations/${UNKNOWN}`)).toMatchObject(unknown)
    })

    it('are deleted by their ids, those that are gone passed over', async () => {
      await clear()
      const ids: string[] = []
      for (const question of ['a', 'b', 'c']) ids.push((await console('POST', '', { question, answer: 'x' })).body.id)
      const [a, b] = ids
      expect((await console('DELETE', `?annotation_id=${a}&annotation_id=${UNKNOWN}`)).status).toBe(204)
      expect((await console('DELETE', `?annotation_id=${a}`)).status).toBe(404)
      expect((await console('DELETE', `?annotation_id=${b}`)).status).toBe(204)
      expect(await questionsOf()).toEqual(['c'])
    })

    it('belong to one app of one workspace', async () => {
      const { id } = (await console('POST', '', { question: 'mine', answer: 'x' })).body
      const elsewhere = await signInElsewhere(talks)
      expect((await elsewhere.send('GET', `/apps/${app.id}/annotations`)).status).toBe(404)
      const theirs = await talks.server.createApp(elsewhere, { mode: 'chat' })
      for (const [method, body] of [
        ['PUT', { question: 'x', answer: 'y' }],
        ['DELETE', undefined],
      ] as const) {
        expect((await theirs.send(method, `/apps/annotations/${id}`, body)).status).toBe(404)
      }
      expect(await questionsOf('keyword=mine')).toEqual(['mine'])
    })
  })

  describe('of messages', () => {
    it('are made once a message, stand in the log, and are filtered by', async () => {
      const conversation = await insertConversation(talks, { app_id: app.id, name: 'annotated' })
      const message = await insertMessage(talks, conversation, { query: 'How?' })
      await insertConversation(talks, { app_id: app.id, name: 'plain' })
      const made = await console('POST', '', { message_id: message.id, answer: 'Like this' })
      expect(made).toMatchObject({ status: 201, body: { question: 'How?', answer: 'Like this' } })
      const again = await console('POST', '', { message_id: message.id, question: 'How so?', content: 'Like that' })
      expect(again).toMatchObject({ status: 201, body: { id: made.body.id, question: 'How so?', answer: 'Like that' } })

      const log = (await talks.session.send('GET', `/apps/${app.id}/chat-messages?conversation_id=${conversation.id}`)).body.data
      expect(log).toMatchObject([
        {
          annotation: { id: made.body.id, question: 'How so?', content: 'Like that', account: { name: 'Ann' } },
          annotation_hit_history: null,
        },
      ])
      const names = async (status: string) =>
        (await talks.session.send('GET', `/apps/${app.id}/chat-conversations?annotation_status=${status}`)).body.data.map(
          ({ name, annotated }: { readonly name: string; readonly annotated: boolean }) => `${name} ${annotated}`,
        )
      expect(await names('annotated')).toEqual(['annotated true'])
      expect(await names('not_annotated')).toEqual(['plain false'])
      expect((await names('all')).toSorted()).toEqual(['annotated true', 'plain false'])

      expect((await console('DELETE', `/${made.body.id}`)).status).toBe(204)
      expect(await names('annotated')).toEqual([])
      expect((await console('POST', '', { message_id: UNKNOWN, answer: 'x' })).status).toBe(404)
    })

    it('stand beside texts too', async () => {
      const writer = await talks.server.createApp(talks.session, { mode: 'completion' })
      const conversation = await insertConversation(talks, { app_id: writer.id, mode: 'completion' })
      const message = await insertMessage(talks, conversation, { query: 'Write' })
      const path = `/apps/${writer.id}/annotations`
      expect((await talks.session.send('POST', path, { message_id: message.id, answer: 'Better' })).status).toBe(201)
      const { body } = await talks.session.send('GET', `/apps/${writer.id}/completion-conversations?annotation_status=annotated`)
      expect(body.data).toMatchObject([{ annotation: { question: 'Write', content: 'Better' } }])
    })
  })

  describe('as files', () => {
    const importFile = async (text: string, name = 'faq.csv'): Promise<JsonReply> => {
      const form = new FormData()
      form.set('file', new Blob([text], { type: 'text/csv' }), name)
      const url = `${talks.server.url}/console/api/apps/${app.id}/annotations/batch-import`
      const response = await fetch(url, { method: 'POST', headers: talks.session.headers, body: form })
      return { status: response.status, headers: response.headers, body: await response.json() }
    }

    const isImported = (jobId: string): Promise<JsonReply['body']> =>
      vi.waitFor(async () => {
        const { body } = await console('GET', `/batch-import-status/${jobId}`)
        expect(body).toMatchObject({ job_status: 'completed' })
        return body
      }, 10_000)

    it('come in by a job that tells how far it is, and go out as they came', async () => {
      await clear()
      const started = await importFile('question,answer\n=1+1,two\nWhy?,"Because\nof it"\n')
      expect(started).toMatchObject({ status: 200, body: { job_status: 'waiting', record_count: 2 } })
      expect(await isImported(started.body.job_id)).toMatchObject({ error_msg: '', done: 2, total: 2 })
      expect(await questionsOf()).toEqual(['=1+1', 'Why?'])
      expect((await console('GET', '/export')).body).toMatchObject({ data: [{ question: '=1+1' }, { question: 'Why?' }] })
      const response = await talks.session.fetch('GET', `/apps/${app.id}/annotations/export?format=csv`)
      expect(response.headers.get('content-disposition')).toContain('annotations.csv')
      expect(await response.text()).toMatch(/^\uFEFF?question,answer,hit_count,created_at\r\n"?'=1\+1"?,two,0,/)
      expect(await console('GET', `/batch-import-status/${UNKNOWN}`)).toMatchObject({
        status: 400,
        body: { details: { reason: 'job_gone' } },
      })
    })

    it('are refused whole where a row is wrong, or the file', async () => {
      const before = await questionsOf()
      expect(await importFile('q,a\nx,y\n,z\n')).toMatchObject({
        status: 400,
        body: {
          code: 'invalid_param',
          params: 'file',
          details: { reason: 'csv_rows', values: { row: 3 } },
          rows: [{ row: 3, message: 'The question is empty.' }],
        },
      })
      expect((await importFile('q,a\nx,y\n', 'faq.txt')).body).toMatchObject({ code: 'invalid_param', details: { reason: 'csv_only' } })
      expect(await importFile('x'.repeat(2 * 1024 * 1024 + 1))).toMatchObject({ status: 413, body: { code: 'file_too_large' } })
      expect(await questionsOf()).toEqual(before)
    })

    it('may be imported five times a minute', async () => {
      const replies: JsonReply[] = []
      for (let count = 0; count < 5; count++) replies.push(await importFile('q,a\nx,y\n'))
      expect(replies.at(-1)?.status).toBe(429)
      expect((await importFile('q,a\nx,y\n')).headers.get('retry-after')).toMatch(/^\d+$/)
      // What comes next begins without annotations: none may come in behind it.
      for (const { body } of replies.filter(({ status }) => status === 200)) await isImported(body.job_id)
    })
  })

  describe('as answers', () => {
    const switched = async (on: Pick<TestApp, 'send'>, action: 'enable' | 'disable', setting: object = {}): Promise<void> => {
      const body = { score_threshold: 0.7, embedding_provider_name: '', embedding_model_name: '', ...setting }
      const { body: job } = await on.send('POST', `/apps/annotation-reply/${action}`, body)
      await vi.waitFor(async () => {
        const state = await on.send('GET', `/apps/annotation-reply/${action}/status/${job.job_id}`)
        expect(state.body).toMatchObject({ job_status: 'completed', error_msg: '' })
      }, 10_000)
    }
    const ask = async (of: Pick<TestApp, 'send'>, query: string): Promise<JsonReply['body']> =>
      (await of.send('POST', '/chat-messages', { inputs: {}, query, user: 'asker' })).body
    const annotation_reply = { enabled: true }

    it('are given for the same words, counted once, and told to callers and in the log', async () => {
      await clear()
      const { id } = (await console('POST', '', { question: 'How do I reset my password?', answer: 'With the link.' })).body
      expect((await ask(app, 'how do I reset MY password')).answer).not.toBe('With the link.')
      await switched(app, 'enable')
      expect((await app.send('GET', '/parameters')).body).toMatchObject({ annotation_reply })
      const detail = async () => (await talks.session.send('GET', `/apps/${app.id}`)).body.model_config.annotation_reply
      expect(await detail()).toMatchObject({ enabled: true, score_threshold: 0.7 })
      const answer = await ask(app, 'how do I reset MY password')
      expect(answer).toMatchObject({
        answer: 'With the link.',
        metadata: { annotation_reply: { id, account: { name: 'Ann' } }, usage: { total_tokens: 0 } },
      })
      expect((await ask(app, 'What else?')).metadata.annotation_reply).toBeNull()
      expect((await console('GET', '')).body.data).toMatchObject([{ id, hit_count: 1 }])
      expect((await console('GET', `/${id}/hit-histories`)).body.data).toMatchObject([
        { source: 'api', score: 1, question: 'how do I reset MY password', response: 'With the link.' },
      ])
      const logged = await talks.session.send('GET', `/apps/${app.id}/messages/${answer.message_id}`)
      expect(logged.body).toMatchObject({ answer: 'With the link.', annotation_hit_history: { annotation_id: id } })
      await switched(app, 'disable')
      expect((await ask(app, 'How do I reset my password?')).answer).not.toBe('With the link.')
      expect((await app.send('GET', '/parameters')).body).toMatchObject({ annotation_reply: { enabled: false } })
      expect(await detail()).toEqual({ enabled: false })
    })

    it('are given for the same meaning, as it stands now, from the threshold on', async () => {
      await clear()
      const near = 'please tell: where is the museum entrance?'
      const { id } = (await console('POST', '', { question: 'Where is the museum entrance?', answer: 'In the yard.' })).body
      await switched(app, 'enable', {
        score_threshold: 0.5,
        embedding_provider_name: 'trellis/demo/demo',
        embedding_model_name: 'demo-embedding',
      })
      expect((await ask(app, near)).metadata.annotation_reply).toMatchObject({ id })
      expect((await ask(app, 'Count to three')).metadata.annotation_reply).toBeNull()
      await console('POST', `/${id}`, { question: 'Who sells tickets?', answer: 'The desk.' })
      expect((await ask(app, near)).metadata.annotation_reply).toBeNull()
      await vi.waitFor(async () => expect((await ask(app, 'please tell: who sells tickets?')).answer).toBe('The desk.'), 10_000)
      await switched(app, 'disable')
    })

    it('are given by chatflows, without their graph', async () => {
      const graph = graphOf({ start: { type: 'start' }, answer: { type: 'answer', answer: 'By the graph.' } }, ['start -> answer'])
      const flow = await createWorkflowApp(talks.server, talks.session, graph, 'advanced-chat')
      await flow.send('POST', '/apps/annotations', { question: 'Open?', answer: 'From nine.' })
      await switched(flow, 'enable')
      expect((await flow.send('GET', '/parameters')).body).toMatchObject({ annotation_reply })
      expect(await ask(flow, 'open')).toMatchObject({ answer: 'From nine.' })
      expect(await ask(flow, 'closed')).toMatchObject({ answer: 'By the graph.' })
      expect((await flow.send('GET', '/apps/annotations')).body.data).toMatchObject([{ hit_count: 1 }])
    })
  })

  it('are none of workflows', async () => {
    const { id } = (await talks.session.send('POST', '/apps', { name: 'Flow', mode: 'workflow' })).body
    expect(await talks.session.send('GET', `/apps/${id}/annotations`)).toMatchObject({ status: 404, body: { code: 'app_not_found' } })
    const key = (await talks.session.send('POST', `/apps/${id}/api-keys`)).body.token
    const response = await fetch(`${talks.server.url}/v1/apps/annotations`, { headers: { authorization: `Bearer ${key}` } })
    expect(await response.json()).toMatchObject({ status: 400, code: 'not_chat_app' })
  })
})
