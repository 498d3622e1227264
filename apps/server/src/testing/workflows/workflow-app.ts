import type { ConsoleSession, JsonReply, TestServer } from '../test-server.ts'
import { sendJson } from '../test-server.ts'

export interface WorkflowApp {
  readonly id: string
  readonly apiKey: string
  /** A request to `/v1` with the app's key. */
  send(method: string, path: string, body?: object): Promise<JsonReply>
  run(inputs: object, more?: object): Promise<JsonReply>
  /** Puts another graph into the draft and publishes it. */
  publish(graph: object): Promise<void>
}

/** Makes an app of a graph, through the console as a person would: created, saved, published, with a key. */
export async function createWorkflowApp(
  server: TestServer,
  session: ConsoleSession,
  graph: object,
  mode: 'workflow' | 'advanced-chat' = 'workflow',
  /** What else its draft has: features, variables. */
  more: object = {},
): Promise<WorkflowApp> {
  const { id } = expectOk(await session.send('POST', '/apps', { name: 'Flow', mode }))
  const publish = async (next: object): Promise<void> => {
    const draft = expectOk(await session.send('GET', `/apps/${id}/workflows/draft`))
    expectOk(await session.send('POST', `/apps/${id}/workflows/draft`, { ...draft, ...more, graph: next }))
    expectOk(await session.send('POST', `/apps/${id}/workflows/publish`, {}))
  }
  await publish(graph)
  const { token: apiKey } = expectOk(await session.send('POST', `/apps/${id}/api-keys`))
  const send = (method: string, path: string, body?: object): Promise<JsonReply> =>
    sendJson(`${server.url}/v1${path}`, method, body, { authorization: `Bearer ${apiKey}` })
  return {
    id,
    apiKey,
    send,
    publish,
    run: (inputs, more = {}) => send('POST', '/workflows/run', { inputs, response_mode: 'blocking', user: 'u1', ...more }),
  }
}

function expectOk({ status, body }: JsonReply): JsonReply['body'] {
  if (status >= 300) throw new Error(`answered ${status}: ${JSON.stringify(body)}`)
  return body
}

/** The shortest way to write a graph: nodes by id with their data, edges as `a -> b` or `a:handle -> b`. */
export const graphOf = (nodes: Readonly<Record<string, object>>, edges: readonly string[]): object => ({
  nodes: Object.entries(nodes).map(([id, data]) => ({ id, type: 'custom', data: { title: id, ...data } })),
  edges: edges.map((edge, index) => {
    const [from = '', target = ''] = edge.split(' -> ')
    const [source = '', sourceHandle = 'source'] = from.split(':')
    return { id: `e${index}`, source, sourceHandle, target, targetHandle: 'target' }
  }),
  viewport: { x: 0, y: 0, zoom: 1 },
})
