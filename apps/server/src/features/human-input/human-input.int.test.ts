import { beforeAll, expect, it } from 'vitest'
import { describeOnServers } from '../../testing/describe-on-servers.ts'
import { administrator, type ConsoleSession, sendJson } from '../../testing/test-server.ts'
import { approval, asking } from '../../testing/workflows/approval.ts'
import { createWorkflowApp, type WorkflowApp } from '../../testing/workflows/workflow-app.ts'

await describeOnServers('forms that runs wait for', {}, (server) => {
  let session: ConsoleSession
  let app: WorkflowApp
  beforeAll(async () => {
    await server().setup(administrator)
    session = await server().login(administrator.email, administrator.password)
    app = await createWorkflowApp(server(), session, asking(approval()))
  })

  /** A run that waits for its form. */
  const pause = async (inputs: object = { topic: 'Tea' }) => {
    const { status, body } = await app.run(inputs)
    expect(status).toBe(200)
    expect(body.data.status).toBe('paused')
    return { runId: body.workflow_run_id as string, taskId: body.task_id as string, token: body.data.reasons[0].form_token as string, body }
  }
  const submit = (token: string, answer: object = {}) =>
    app.send('POST', `/form/human_input/${token}`, { inputs: { comment: 'fine' }, action: 'ok', user: 'u1', ...answer })
  const detailOf = async (runId: string) => (await app.send('GET', `/workflows/run/${runId}`)).body
  /** Where the run's own pause is about to wake it, it does so a moment after the answer. */
  const untilOver = (runId: string) => expect.poll(async () => (await detailOf(runId)).status).not.toMatch(/^(running|paused)$/)

  it('tell a blocking caller what is waited for', async () => {
    const { runId, body } = await pause()
    expect(body).toMatchObject({
      workflow_run_id: runId,
      data: {
        id: runId,
        status: 'paused',
        outputs: {},
        error: null,
        finished_at: null,
        paused_nodes: ['form'],
        reasons: [
          {
            TYPE: 'human_input_required',
            node_id: 'form',
            node_title: 'form',
            form_content: 'Publish Tea? {{#$output.comment#}}',
            actions: [
              { id: 'ok', title: 'Approve', button_style: 'primary' },
              { id: 'no', title: 'Reject', button_style: 'default' },
            ],
            resolved_default_values: { comment: 'Tea' },
            approval_channels: ['web_app'],
          },
        ],
      },
    })
    expect(body.data.reasons[0].form_token).toMatch(/^[A-Za-z0-9]{32}$/)
    expect(await detailOf(runId)).toMatchObject({ status: 'paused', outputs: {}, finished_at: null })
  })

  it('are not there while their workspace is archived', async () => {
    const { token } = await pause()
    const mark = (status: 'archive' | 'normal') => server().process.platform.database.db.updateTable('tenants').set({ status }).execute()
    const path = `${server().url}/api/form/human_input/${token}`
    const { upload_token: uploadToken } = (await sendJson(`${path}/upload-token`, 'POST', {})).body
    const read = async () => (await fetch(path)).status
    const upload = async () => {
      const body = new FormData()
      body.set('file', new Blob(['words'], { type: 'text/plain' }), 'note.txt')
      const headers = { authorization: `Bearer ${uploadToken}` }
      return (await fetch(`${server().url}/api/human-input-forms/files`, { method: 'POST', body, headers })).status
    }
    await mark('archive')
    const closed = [await read(), await upload()]
    await mark('normal')
    expect([closed, await read(), await upload()]).toEqual([[404, 404], 200, 201])
  })

  it('are read and answered once, and the run goes on', async () => {
    const { runId, token } = await pause()
    const form = await app.send('GET', `/form/human_input/${token}`)
    expect(form).toMatchObject({
      status: 200,
      body: {
        form_content: 'Publish Tea? {{#$output.comment#}}',
        inputs: [{ type: 'paragraph', output_variable_name: 'comment' }],
        resolved_default_values: { comment: 'Tea' },
        user_actions: [{ id: 'ok', title: 'Approve', button_style: 'primary' }, { id: 'no' }],
      },
    })
    expect(form.body.expiration_time).toBeGreaterThan(Date.now() / 1000)
    expect(await submit(token)).toMatchObject({ status: 200, body: {} })
    await untilOver(runId)
    expect(await detailOf(runId)).toMatchObject({ status: 'succeeded', outputs: { verdict: 'ok', said: 'fine' } })
    expect(await submit(token)).toMatchObject({ status: 412, body: { code: 'human_input_form_submitted' } })
    expect(await app.send('GET', `/form/human_input/${token}`)).toMatchObject({ status: 412, body: { code: 'human_input_form_submitted' } })
  })

  it('take the way of the action that was chosen', async () => {
    const { runId, token } = await pause()
    await submit(token, { action: 'no' })
    await untilOver(runId)
    expect((await detailOf(runId)).outputs).toEqual({ verdict: 'no', said: 'fine' })
  })

  it.each([
    ['another action', { action: 'maybe' }, 400, 'invalid_form_data'],
    ['a missing input', { inputs: {} }, 400, 'invalid_form_data'],
    ['an input of another type', { inputs: { comment: 3 } }, 400, 'invalid_form_data'],
    ['no user', { user: undefined }, 400, 'invalid_param'],
    ['no inputs', { inputs: undefined }, 400, 'invalid_param'],
  ])('refuse %s and stay open', async (_, answer, status, code) => {
    const { token } = await pause()
    expect(await submit(token, answer)).toMatchObject({ status, body: { code } })
    expect(await submit(token)).toMatchObject({ status: 200 })
  })

  it('are nobody else’s: unknown tokens, other apps, other workspaces', async () => {
    const { token } = await pause()
    expect(await submit('nobody-has-this')).toMatchObject({ status: 404, body: { code: 'not_found' } })
    const other = await createWorkflowApp(server(), session, asking(approval()))
    expect(await other.send('GET', `/form/human_input/${token}`)).toMatchObject({ status: 404, body: { code: 'not_found' } })
    expect(await sendJson(`${server().url}/api/form/human_input/unknown`, 'GET')).toMatchObject({
      status: 404,
      body: { code: 'not_found' },
    })
  })
})
