import { type ConsoleSession, type Frame, readFrames, sendJson } from '../../test-server.ts'
import type { ExpectedRun, Outcome } from './outcome.ts'
import type { OutcomeStage } from './stage.ts'

/** What came of a run, in the words of `ExpectedRun`. */
export interface SeenRun {
  readonly status: string
  readonly error: string | null
  readonly exceptions: number
  readonly outputs: Readonly<Record<string, unknown>>
  readonly streamed: string
  readonly chunks: number
  readonly frames: readonly string[]
  /** What the conversation's history has of it; undefined of workflow apps. */
  readonly kept?: string
}

/** A published app that callers may run. */
export interface PublishedApp {
  readonly mode: 'workflow' | 'advanced-chat'
  readonly apiKey: string
}

/** Imports a file, gives its nodes a model, exports that, imports what came out, and publishes it: nothing that a run needs may be lost on the way. */
export async function publishFile(stage: OutcomeStage, text: string): Promise<PublishedApp> {
  const { session } = stage
  const first = await importText(session, text)
  await bindModels(stage, first.app_id)
  const { data } = await call(session, 'GET', `/apps/${first.app_id}/export`)
  const second = await importText(session, data)
  await call(session, 'POST', `/apps/${second.app_id}/workflows/publish`, {})
  const { token: apiKey } = await call(session, 'POST', `/apps/${second.app_id}/api-keys`)
  return { mode: second.app_mode, apiKey }
}

const importText = (session: ConsoleSession, text: string) =>
  call(session, 'POST', '/apps/imports', { mode: 'yaml-content', yaml_content: text })

async function bindModels({ session, model }: OutcomeStage, appId: string): Promise<void> {
  const { models } = await call(session, 'GET', `/apps/${appId}/workflows/draft/requirements`)
  const bindings = models.map(({ provider, model: name }: Record<string, string>) => ({ from: { provider, model: name }, to: model }))
  if (bindings.length > 0) await call(session, 'POST', `/apps/${appId}/workflows/draft/bind-models`, { bindings })
}

async function call(session: ConsoleSession, method: string, path: string, body?: object) {
  const reply = await session.send(method, path, body)
  if (reply.status >= 400) throw new Error(`${method} ${path} answered ${reply.status}: ${reply.body.message ?? reply.body.error}`)
  return reply.body
}

/** Runs an app by the Service API as a stream, and reads what it tells. */
export async function runApp(stage: OutcomeStage, app: PublishedApp, run: ExpectedRun, names: Outcome['names'] = {}): Promise<SeenRun> {
  const { server, web } = stage
  stage.listenTo(run)
  const inputs = Object.fromEntries(
    Object.entries(run.inputs ?? {}).map(([name, value]) => [name, typeof value === 'string' ? value.replace('{web}', web) : value]),
  )
  const isChat = app.mode === 'advanced-chat'
  const headers = { authorization: `Bearer ${app.apiKey}` }
  const body = { inputs, response_mode: 'streaming', user: 'u1', ...(isChat ? { query: run.query, auto_generate_name: false } : {}) }
  const response = await fetch(`${server.url}/v1${isChat ? '/chat-messages' : '/workflows/run'}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`The run was refused: ${response.status} ${await response.text()}`)
  const frames = (await readFrames(response)).map(({ data }) => data)
  const seen = readRun(frames, (id) => names[id] ?? id)
  if (!isChat) return seen
  const { conversation_id } = frames[0] ?? {}
  const history = await sendJson(`${server.url}/v1/messages?conversation_id=${conversation_id}&user=u1`, 'GET', undefined, headers)
  return { ...seen, kept: history.body.data[0]?.answer }
}

function readRun(frames: readonly Frame['data'][], nameOf: (id: string) => string): SeenRun {
  const texts = frames.flatMap((frame) => textOf(frame) ?? [])
  const { data } = frames.find(({ event }) => event === 'workflow_finished') ?? { data: {} }
  return {
    status: data.status,
    error: data.error,
    exceptions: data.exceptions_count,
    outputs: data.outputs,
    streamed: texts.join(''),
    chunks: texts.length,
    frames: joinPairs(frames.map((frame) => tell(frame, nameOf))),
  }
}

const textOf = (frame: Frame['data']): string | undefined =>
  frame.event === 'message' ? frame.answer : frame.event === 'text_chunk' ? frame.data.text : undefined

function tell(frame: Frame['data'], nameOf: (id: string) => string): string {
  const { event, data } = frame
  switch (event) {
    case 'message':
    case 'text_chunk': {
      const [node] = frame.from_variable_selector ?? data.from_variable_selector
      return `text ${nameOf(node)}`
    }
    case 'node_started':
      return `start ${nameOf(data.node_id)}`
    case 'node_finished':
      return `end ${nameOf(data.node_id)}${data.status === 'succeeded' ? '' : `: ${data.status}`}`
    case 'workflow_finished':
      return `${event} ${data.status}`
    default:
      return data?.node_id ? `${event} ${nameOf(data.node_id)}` : event
  }
}

const joinPairs = (lines: readonly string[]): readonly string[] =>
  lines.flatMap((line, index) => {
    const name = line.replace(/^(start|end) /, '')
    if (line === `start ${name}` && lines[index + 1] === `end ${name}`) return [`pair ${name}`]
    return line === `end ${name}` && lines[index - 1] === `start ${name}` ? [] : [line]
  })
