import { beforeAll, describe, expect, it } from 'vitest'
import { describeOnServers } from '../../testing/describe-on-servers.ts'
import { administrator, type ConsoleSession, readFrames, sendJson } from '../../testing/test-server.ts'
import { approval, asking, askingTwo, conversing } from '../../testing/workflows/approval.ts'
import { createWorkflowApp, type WorkflowApp } from '../../testing/workflows/workflow-app.ts'

const HOUR_MS = 3_600_000
let aheadMs = 0
const clock = { now: () => Date.now() + aheadMs }

const never = new AbortController().signal

const bearer = (app: WorkflowApp) => ({ authorization: `Bearer ${app.apiKey}`, 'content-type': 'application/json' })
const namesOf = (frames: readonly { readonly data: { readonly event?: string } }[]) =>
  frames.flatMap(({ data }) => (data.event === 'text_chunk' ? [] : (data.event ?? [])))

await describeOnServers('runs that pause', { clock }, (server) => {
  let session: ConsoleSession
  let app: WorkflowApp
  beforeAll(async () => {
    await server().setup(administrator)
    session = await server().login(administrator.email, administrator.password)
    app = await createWorkflowApp(server(), session, asking(approval()))
  })

  const stream = (of: WorkflowApp, path: string, body: object) =>
    fetch(`${server().url}/v1${path}`, { method: 'POST', headers: bearer(of), body: JSON.stringify({ user: 'u1', ...body }) })
  const follow = (of: WorkflowApp, runId: string, query = '', headers: object = {}) =>
    fetch(`${server().url}/v1/workflow/${runId}/events?user=u1${query}`, { headers: { ...bearer(of), ...headers } })
  const pause = async (of = app) => {
    const frames = await readFrames(await stream(of, '/workflows/run', { inputs: { topic: 'Tea' }, response_mode: 'streaming' }))
    const forms = frames.filter(({ data }) => data.event === 'human_input_required').map(({ data }) => data.data)
    const paused = frames.at(-1)?.data
    return {
      frames,
      forms,
      token: forms[0]?.form_token as string,
      runId: paused.workflow_run_id as string,
      taskId: paused.task_id as string,
    }
  }
  const submit = (of: WorkflowApp, token: string, answer: object = {}) =>
    of.send('POST', `/form/human_input/${token}`, { inputs: { comment: 'fine' }, action: 'ok', user: 'u1', ...answer })
  const statusOf = async (runId: string): Promise<string> => (await app.send('GET', `/workflows/run/${runId}`)).body.status
  const untilStatus = (runId: string, status: string) => expect.poll(() => statusOf(runId), { timeout: 5000 }).toBe(status)
  const sweep = () => server().process.features.humanInput.sweep(never)
  const answersOf = async (runId: string): Promise<number> => {
    const rows = await server().process.platform.database.db.selectFrom('run_events').select('events').where('run_id', '=', runId).execute()
    return rows.flatMap(({ events }) => events.match(/"human-input-done"/g) ?? []).length
  }

  describe('in streams', () => {
    it('tell the form, then the pause, and close', async () => {
      const { frames, forms, runId } = await pause()
      expect(namesOf(frames).slice(-2)).toEqual(['human_input_required', 'workflow_paused'])
      expect(forms[0]).toMatchObject({
        node_id: 'form',
        node_title: 'form',
        form_content: 'Publish Tea? {{#$output.comment#}}',
        display_in_ui: true,
        approval_channels: ['web_app'],
        resolved_default_values: { comment: 'Tea' },
      })
      expect(frames.at(-1)?.data.data).toMatchObject({
        workflow_run_id: runId,
        paused_nodes: ['form'],
        outputs: {},
        status: 'paused',
        reasons: [{ TYPE: 'human_input_required', form_id: forms[0].form_id }],
        total_steps: 2,
      })
    })

    it('go on after the answer: from then on, once', async () => {
      const { runId, token } = await pause()
      const following = follow(app, runId)
      await following
      await submit(app, token)
      const frames = await readFrames(await following)
      expect(namesOf(frames)).toEqual([
        'workflow_started',
        'human_input_form_filled',
        'node_finished',
        'node_started',
        'node_finished',
        'workflow_finished',
      ])
      expect(frames[0]?.data.data).toMatchObject({ reason: 'resumption', inputs: { topic: 'Tea' } })
      expect(frames[1]?.data.data).toEqual({
        node_id: 'form',
        node_title: 'form',
        rendered_content: 'Publish Tea? fine',
        action_id: 'ok',
        action_text: 'Approve',
        submitted_data: { comment: 'fine' },
      })
    })

    it('replay how far a paused run is, and close there, or go on behind the pause', async () => {
      const { runId, token } = await pause()
      const snapshot = namesOf(await readFrames(await follow(app, runId, '&include_state_snapshot=true')))
      expect(snapshot).toEqual([
        'workflow_started',
        'node_started',
        'node_finished',
        'node_started',
        'human_input_required',
        'workflow_paused',
      ])
      const whole = follow(app, runId, '&include_state_snapshot=true&continue_on_pause=true')
      await whole
      await submit(app, token)
      expect(namesOf(await readFrames(await whole)).slice(6)).toEqual(
        expect.arrayContaining(['human_input_form_filled', 'workflow_finished']),
      )
      expect(namesOf(await readFrames(await follow(app, runId)))).toEqual(['workflow_finished'])
      expect(namesOf(await readFrames(await follow(app, runId, '&include_state_snapshot=true'))).at(-1)).toBe('workflow_finished')
    })

    it('continue after the frame that a reader has, over the pause that is over', async () => {
      const { runId, token } = await pause()
      await submit(app, token)
      await untilStatus(runId, 'succeeded')
      const names = namesOf(await readFrames(await follow(app, runId, '', { 'last-event-id': '0-1' })))
      expect(names).toEqual(expect.arrayContaining(['workflow_paused', 'human_input_form_filled', 'workflow_finished']))
    })
  })

  it('go on once, however many answer at the same moment', async () => {
    const { runId, token } = await pause()
    const answers = await Promise.all(Array.from({ length: 6 }, (_, index) => submit(app, token, { action: index % 2 ? 'ok' : 'no' })))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412, 412])
    await untilStatus(runId, 'succeeded')
    expect(await answersOf(runId)).toBe(1)
  })

  it('wait for all whom they asked, whoever answers first', async () => {
    const both = await createWorkflowApp(server(), session, askingTwo())
    const { runId, forms } = await pause(both)
    expect(forms.map(({ node_id }) => node_id)).toEqual(['one', 'two'])
    const statusNow = async () => (await both.send('GET', `/workflows/run/${runId}`)).body
    await submit(both, forms[1].form_token, { inputs: { comment: 'second' } })
    await expect.poll(async () => (await statusNow()).status).toBe('paused')
    await submit(both, forms[0].form_token, { inputs: { comment: 'first' } })
    await expect.poll(async () => (await statusNow()).status).toBe('succeeded')
    expect((await statusNow()).outputs).toEqual({ one: 'first', two: 'second' })

    const other = await pause(both)
    await Promise.all(other.forms.map(({ form_token: token, node_id }) => submit(both, token, { inputs: { comment: node_id } })))
    await expect
      .poll(async () => (await both.send('GET', `/workflows/run/${other.runId}`)).body.outputs)
      .toEqual({ one: 'one', two: 'two' })
    expect(await answersOf(other.runId)).toBe(2)
  })

  it('can be stopped, and their forms with them', async () => {
    const { runId, taskId, token } = await pause()
    expect(await app.send('POST', `/workflows/tasks/${taskId}/stop`, { user: 'u1' })).toMatchObject({ status: 200 })
    await untilStatus(runId, 'stopped')
    expect(await submit(app, token)).toMatchObject({ status: 412, body: { code: 'human_input_form_expired' } })
  })

  describe('of chatflows', () => {
    it('tell the answer so far, keep the message paused, and go on in the conversation', async () => {
      const chat = await createWorkflowApp(server(), session, conversing(), 'advanced-chat')
      const ask = (body: object) =>
        chat.send('POST', '/chat-messages', { query: 'hi', inputs: {}, user: 'u1', response_mode: 'blocking', ...body })
      const { body } = await ask({})
      expect(body).toMatchObject({
        event: 'workflow_paused',
        mode: 'advanced-chat',
        answer: 'Wait. ',
        data: {
          answer: 'Wait. ',
          status: 'paused',
          paused_nodes: ['form'],
          reasons: [{ node_id: 'form' }],
          metadata: { retriever_resources: [] },
        },
      })
      const history = async () => (await chat.send('GET', `/messages?conversation_id=${body.conversation_id}&user=u1`)).body.data
      const [{ form_token: token }] = body.data.reasons
      expect(await history()).toMatchObject([
        {
          status: 'paused',
          answer: 'Wait. ',
          extra_contents: [
            { type: 'human_input', submitted: false, workflow_run_id: body.workflow_run_id, form_definition: { form_token: token } },
          ],
        },
      ])
      const logged = async () =>
        (await session.send('GET', `/apps/${chat.id}/chat-messages?conversation_id=${body.conversation_id}`)).body.data
      // Whoever reads the log was not asked.
      expect(await logged()).toMatchObject([
        { workflow_run_id: body.workflow_run_id, extra_contents: [{ submitted: false, form_definition: { form_token: null } }] },
      ])
      const following = follow(chat, body.workflow_run_id, '&include_state_snapshot=true&continue_on_pause=true')
      await following
      await submit(chat, token, { inputs: { comment: 'yes' } })
      const frames = await readFrames(await following)
      expect(frames.find(({ data }) => data.event === 'message_replace')?.data).toMatchObject({
        answer: 'Wait. ',
        message_id: body.message_id,
      })
      expect(namesOf(frames).slice(-2)).toEqual(['message_end', 'workflow_finished'])
      expect(await history()).toMatchObject([
        {
          status: 'normal',
          answer: 'Wait. You said yes.',
          extra_contents: [
            { submitted: true, form_definition: null, form_submission_data: { action_id: 'ok', submitted_data: { comment: 'yes' } } },
          ],
        },
      ])
      expect(await logged()).toMatchObject([{ extra_contents: [{ submitted: true, form_submission_data: { action_id: 'ok' } }] }])
      expect((await ask({ conversation_id: body.conversation_id })).body.conversation_id).toBe(body.conversation_id)
    })
  })

  describe('on other surfaces', () => {
    it('are answered by whoever has the token, with files, and with the look of the app', async () => {
      const withFile = await createWorkflowApp(
        server(),
        session,
        asking(approval({ inputs: [{ type: 'file', output_variable_name: 'comment', allowed_file_types: ['document'] }] })),
      )
      const { token, runId } = await pause(withFile)
      const path = `${server().url}/api/form/human_input/${token}`
      expect(await sendJson(path, 'GET')).toMatchObject({ status: 200, body: { site: { end_user_id: null, site: { title: 'Flow' } } } })
      const { upload_token: uploadToken } = (await sendJson(`${path}/upload-token`, 'POST', {})).body
      const upload = async (proof: string) => {
        const form = new FormData()
        form.set('file', new Blob(['words'], { type: 'text/plain' }), 'note.txt')
        return fetch(`${server().url}/api/human-input-forms/files`, {
          method: 'POST',
          body: form,
          headers: { authorization: `Bearer ${proof}` },
        })
      }
      expect((await upload('forged')).status).toBe(401)
      const uploaded = await upload(uploadToken)
      expect(uploaded.status).toBe(201)
      const file = { type: 'document', transfer_method: 'local_file', upload_file_id: (await uploaded.json()).id }
      const foreign = { ...file, upload_file_id: '0196f1b2-7a3c-7d00-8000-0123456789ab' }
      expect(await sendJson(path, 'POST', { inputs: { comment: foreign }, action: 'ok' })).toMatchObject({
        status: 400,
        body: { code: 'invalid_form_data' },
      })
      expect(await sendJson(path, 'POST', { inputs: { comment: file }, action: 'ok' })).toMatchObject({ status: 200, body: {} })
      await expect
        .poll(async () => (await withFile.send('GET', `/workflows/run/${runId}`)).body.outputs.said)
        .toMatchObject({ filename: 'note.txt', type: 'document' })
    })

    it('wait in the editor for whoever tries the draft, and are answered there', async () => {
      const frames = await readFrames(
        await session.fetch('POST', `/apps/${app.id}/workflows/draft/run`, { inputs: { topic: 'Tea' }, files: [] }),
      )
      const form = frames.find(({ data }) => data.event === 'human_input_required')?.data
      expect(form.data).toMatchObject({ display_in_ui: true, approval_channels: ['console'] })
      const details = (await session.send('GET', `/workflow/${form.workflow_run_id}/pause-details`)).body
      expect(details).toMatchObject({
        paused_nodes: [{ node_id: 'form', pause_type: { type: 'human_input', form_id: form.data.form_id } }],
      })
      expect(details.paused_nodes[0].pause_type.backstage_input_url).toMatch(new RegExp(`/form/${form.data.form_token}$`))
      expect(await app.send('GET', `/form/human_input/${form.data.form_token}`)).toMatchObject({ status: 404 })
      const path = `/form/human_input/${form.data.form_token}`
      expect((await session.send('GET', path)).body).toMatchObject({ form_content: 'Publish Tea? {{#$output.comment#}}' })
      expect(await session.send('POST', path, { inputs: { comment: 'x' }, action: 'no' })).toMatchObject({ status: 200 })
      const detail = () => session.send('GET', `/apps/${app.id}/workflow-runs/${form.workflow_run_id}`)
      await expect.poll(async () => (await detail()).body.outputs).toEqual({ verdict: 'no', said: 'x' })
    })

    it('name in the trace whom nobody told, because there is no mail', async () => {
      const email = {
        id: 'd2',
        type: 'email',
        enabled: true,
        config: { recipients: { items: [{ type: 'external', email: 'bob@example.com' }] }, subject: 's', body: '{{#url#}}' },
      }
      const mailing = await createWorkflowApp(server(), session, asking(approval({ delivery_methods: [email] })))
      const { runId, forms } = await pause(mailing)
      expect(forms[0]).toMatchObject({ form_token: null, display_in_ui: false, approval_channels: ['email', 'console'] })
      const { data } = (await session.send('GET', `/apps/${mailing.id}/workflow-runs/${runId}/node-executions`)).body
      const node = data.find(({ node_id: id }: { node_id: string }) => id === 'form')
      const bob = node.process_data.recipients.find(({ channel }: { channel: string }) => channel === 'email')
      expect(node.status).toBe('paused')
      expect(bob).toMatchObject({ address: 'bob@example.com', delivery: expect.stringContaining('Not sent') })
      const token = bob.url.split('/').at(-1)
      expect(await submit(mailing, token)).toMatchObject({ status: 400, body: { code: 'bad_request' } })
      expect(
        await sendJson(`${server().url}/api/form/human_input/${token}`, 'POST', { inputs: { comment: 'x' }, action: 'ok' }),
      ).toMatchObject({
        status: 200,
      })
      await expect.poll(async () => (await mailing.send('GET', `/workflows/run/${runId}`)).body.status).toBe('succeeded')
    })
  })

  // Last: sessions of the console are over by then.
  describe('when time goes by', () => {
    it('take the way of the timeout when the form’s time is over', async () => {
      const { runId, token } = await pause()
      await sweep()
      expect(await statusOf(runId)).toBe('paused')
      aheadMs += 3 * HOUR_MS
      expect(await submit(app, token)).toMatchObject({ status: 412, body: { code: 'human_input_form_expired' } })
      const following = follow(app, runId)
      await following
      await sweep()
      const frames = await readFrames(await following)
      expect(namesOf(frames)).toContain('human_input_form_timeout')
      expect(frames.at(-1)?.data.data).toMatchObject({ status: 'succeeded', outputs: { late: 'Tea' } })
      expect(frames.at(-1)?.data.data.elapsed_time).toBeLessThan(60)
      expect((await app.send('GET', `/workflows/run/${runId}`)).body.elapsed_time).toBeLessThan(60)
    })

    it('are stopped where nobody answers within the limit of all forms', async () => {
      session = await server().login(administrator.email, administrator.password)
      const patient = await createWorkflowApp(server(), session, asking(approval({ timeout: 30, timeout_unit: 'day' })))
      const { runId } = await pause(patient)
      aheadMs += 8 * 24 * HOUR_MS
      await sweep()
      await expect.poll(async () => (await patient.send('GET', `/workflows/run/${runId}`)).body.status).toBe('stopped')
      expect((await patient.send('GET', `/workflows/run/${runId}`)).body.error).toContain('HUMAN_INPUT_GLOBAL_TIMEOUT_SECONDS')
    })
  })
})
