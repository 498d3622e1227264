import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { administrator, sendJson, startTestServer, type TestServer } from '../../testing/test-server.ts'
import { approval, asking } from '../../testing/workflows/approval.ts'
import { createWorkflowApp } from '../../testing/workflows/workflow-app.ts'

describe('a run that pauses, and a process that ends', () => {
  it('goes on in the next process', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'trellis-pause-'))
    const run = async (work: (server: TestServer) => Promise<void>) => {
      const server = await startTestServer({ folder })
      await work(server).finally(() => server.close())
    }
    let paused: { readonly key: string; readonly runId: string; readonly token: string } | undefined
    await run(async (server) => {
      const session = await server.setup(administrator)
      const app = await createWorkflowApp(server, session, asking(approval()))
      const { body } = await app.run({ topic: 'Tea' })
      paused = { key: app.apiKey, runId: body.workflow_run_id, token: body.data.reasons[0].form_token }
    })
    await run(async (server) => {
      const call = (method: string, path: string, body?: object) =>
        sendJson(`${server.url}/v1${path}`, method, body, { authorization: `Bearer ${paused?.key}` })
      const detail = async () => (await call('GET', `/workflows/run/${paused?.runId}`)).body
      expect(await detail()).toMatchObject({ status: 'paused' })
      const answer = { inputs: { comment: 'later' }, action: 'ok', user: 'u1' }
      expect(await call('POST', `/form/human_input/${paused?.token}`, answer)).toMatchObject({ status: 200 })
      await expect.poll(async () => (await detail()).status).toBe('succeeded')
      expect((await detail()).outputs).toEqual({ verdict: 'ok', said: 'later' })
    })
    await rm(folder, { recursive: true })
  })
})
