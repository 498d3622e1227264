import { expect, vi } from 'vitest'
import type { ConsoleSession, TestServer } from '../test-server.ts'
import { graphOf, type WorkflowApp } from './workflow-app.ts'

export const endOf = (...selectors: readonly (readonly string[])[]) => ({
  type: 'end',
  outputs: selectors.map((selector) => ({ variable: selector.at(-1), value_selector: selector })),
})
export const hook = {
  type: 'trigger-webhook',
  title: 'Order',
  method: 'post',
  headers: [{ name: 'X-Shop', required: true }],
  params: [{ name: 'page', type: 'number' }],
  body: [{ name: 'amount', type: 'number', required: true }],
  status_code: 202,
  response_body: '{"accepted": true}',
}
/** A workflow that a webhook starts. */
export const orders = (): object => graphOf({ hook, end: endOf(['hook', 'amount'], ['hook', 'page'], ['hook', 'X_Shop']) }, ['hook -> end'])
/** What a call that `hook` takes says of itself. */
export const json = { 'content-type': 'application/json', 'x-shop': 'north' }

export async function post(
  url: string,
  body: string | FormData | Buffer | undefined,
  headers: Readonly<Record<string, string>> = {},
  method = 'POST',
) {
  const response = await fetch(url, { method, headers, ...(body === undefined ? {} : { body: body as BodyInit }) })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) }
}

/** What is known of apps whose runs nobody waits for. */
export function lookAtTriggered(server: () => TestServer, session: () => ConsoleSession) {
  const runsOf = (app: WorkflowApp) =>
    server().process.platform.database.db.selectFrom('runs').selectAll().where('app_id', '=', app.id).execute()
  return {
    runsOf,
    addressOf: async (app: WorkflowApp, nodeId = 'hook') =>
      (await session().send('GET', `/apps/${app.id}/workflows/triggers/webhook?node_id=${nodeId}`)).body,
    logsOf: async (app: WorkflowApp) => (await session().send('GET', `/apps/${app.id}/workflow-app-logs?detail=true`)).body.data,
    untilEnded: (app: WorkflowApp, count: number) =>
      vi.waitFor(async () => {
        const runs = await runsOf(app)
        expect(runs.filter(({ status }) => status !== 'running')).toHaveLength(count)
        return runs
      }, 10_000),
  }
}
