import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeOnCluster } from '../../testing/describe-on-cluster.ts'
import { type Frame, readFrames, sendJson, startTestServer, type TestServer } from '../../testing/test-server.ts'
import { createWorkflowApp, graphOf } from '../../testing/workflows/workflow-app.ts'

const start = { type: 'start', variables: [{ variable: 'topic', label: 'Topic', type: 'text-input', required: true }] }
const words = {
  type: 'template-transform',
  template: 'About {{ topic }}',
  variables: [{ variable: 'topic', value_selector: ['start', 'topic'] }],
}
const end = { type: 'end', outputs: [{ variable: 'text', value_selector: ['words', 'output'] }] }
const answer = { type: 'answer', answer: '{{#words.output#}}' }

/** What each kind of page sends. */
const pages = [
  { kind: 'chat', path: '/chat-messages', body: { inputs: {}, query: 'Hello', response_mode: 'streaming' } },
  { kind: 'chatflow', path: '/chat-messages', body: { inputs: { topic: 'rain' }, query: 'Hello', response_mode: 'streaming' } },
  { kind: 'text', path: '/completion-messages', body: { inputs: { query: 'rain' }, response_mode: 'streaming' } },
  { kind: 'workflow', path: '/workflows/run', body: { inputs: { topic: 'rain' } } },
] as const
type Kind = (typeof pages)[number]['kind']

interface Page {
  readonly id: string
  readonly code: string
  readonly passport: string
}

const nameOf = (kind: Kind, what: string): string => `${kind}-${what}-0123456789`

/** @param servers where requests of one visitor arrive, in turn */
function suite(servers: () => readonly [TestServer, TestServer]): void {
  const apps = new Map<Kind, Page>()
  beforeAll(async () => {
    const [server] = servers()
    const session = await server.setup()
    const passportOf = async (code: string) =>
      (await sendJson(`${server.url}/api/passport`, 'GET', undefined, { 'x-app-code': code })).body.access_token
    const keep = async (kind: Kind, { id }: { readonly id: string }) => {
      const { code } = (await session.send('GET', `/apps/${id}`)).body.site
      apps.set(kind, { id, code, passport: await passportOf(code) })
    }
    await keep('chat', await server.createApp(session, { mode: 'chat' }))
    await keep('text', await server.createApp(session, { mode: 'completion' }))
    await keep('workflow', await createWorkflowApp(server, session, graphOf({ start, words, end }, ['start -> words', 'words -> end'])))
    const talking = graphOf({ start, words, answer }, ['start -> words', 'words -> answer'])
    await keep('chatflow', await createWorkflowApp(server, session, talking, 'advanced-chat'))
  })

  const pageOf = (kind: Kind): Page => apps.get(kind) ?? expect.fail(`There is no ${kind}`)
  const send = ({ kind, path, body }: (typeof pages)[number], askId: string, { url }: TestServer, passport = pageOf(kind).passport) =>
    fetch(`${url}/api${path}`, {
      method: 'POST',
      headers: {
        'x-app-code': pageOf(kind).code,
        'x-app-passport': passport,
        'x-ask-id': askId,
        'x-stream-ids': '1',
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    })
  const countRuns = async (kind: Kind): Promise<number> => {
    const { db } = servers()[0].process.platform.database
    return (await db.selectFrom('runs').select('id').where('app_id', '=', pageOf(kind).id).execute()).length
  }

  it.each(pages)('begins once, however often it arrives: $kind', async (page) => {
    const [one, other] = servers()
    const askId = nameOf(page.kind, 'once')
    const before = await countRuns(page.kind)
    const atOnce = await Promise.all([send(page, askId, one), send(page, askId, other), send(page, askId, one)])
    const later = await send(page, askId, other)
    const told = await Promise.all([...atOnce, later].map(readFrames))
    expect(await countRuns(page.kind)).toBe(before + 1)
    const [first, ...others] = told.map(whatIsSaid)
    expect(first?.text).not.toBe('')
    for (const said of others) expect(said).toEqual(first)
  })

  it.each(pages)('begins anew under another name, and for another visitor: $kind', async (page) => {
    const [one, other] = servers()
    const askId = nameOf(page.kind, 'mine')
    const before = await countRuns(page.kind)
    await readFrames(await send(page, askId, one))
    await readFrames(await send(page, nameOf(page.kind, 'next'), other))
    const { code } = pageOf(page.kind)
    const { body } = await sendJson(`${one.url}/api/passport`, 'GET', undefined, { 'x-app-code': code })
    await readFrames(await send(page, askId, other, body.access_token))
    expect(await countRuns(page.kind)).toBe(before + 3)
  })

  it.each(pages)('is refused under a name that is none: $kind', async (page) => {
    const response = await send(page, 'short', servers()[0])
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ code: 'invalid_param', message: expect.stringContaining('X-Ask-Id') })
  })
}

/** Which run it is, and what it says in the end. */
function whatIsSaid(frames: readonly Frame[]): { readonly task: string; readonly text: string } {
  const texts = frames.map(({ data }) => (data.event === 'message' ? data.answer : (data.data?.outputs?.text ?? '')))
  return { task: frames[0]?.data.task_id, text: texts.join('') }
}

describe('what a page asks for, at one server', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer()
  })
  afterAll(() => server?.close())
  suite(() => [server, server])
})

await describeOnCluster('what a page asks for, at two servers', {}, (cluster) => suite(() => [cluster().a, cluster().b]))
