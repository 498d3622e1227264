import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { allRoutes } from '@trellis/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeOpenai, startFakeOpenai } from '../../../../tools/fake-openai/index.ts'
import { readFrames, sendJson, startTestServer, type TestServer } from './test-server.ts'
import { ownWebRoutes, type WebApiLine, webApiLines } from './web-api-lines.ts'
import { approval, asking } from './workflows/approval.ts'
import { createWorkflowApp, graphOf } from './workflows/workflow-app.ts'

const on = { enabled: true }
const config = {
  speech_to_text: on,
  text_to_speech: { ...on, voice: 'coral', language: 'en-US' },
  suggested_questions_after_answer: on,
  more_like_this: on,
}
const plain = graphOf(
  { start: { type: 'start', variables: [] }, end: { type: 'end', outputs: [{ variable: 'x', value_selector: ['sys', 'user_id'] }] } },
  ['start -> end'],
)

describe('the web-app API, line by line', () => {
  let server: TestServer
  let provider: FakeOpenai
  let elsewhere: Server
  /** What lines fill in, by app and name. */
  let known: Record<WebApiLine['of'], Record<string, string>>
  beforeAll(async () => {
    provider = await startFakeOpenai({ text: 'An answer' })
    elsewhere = createServer((_, response) => response.setHeader('content-type', 'text/plain').end('words'))
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
    // A server that listens on a port has an AddressInfo.
    const remote_url = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/note.txt`
    server = await startTestServer({ env: { EGRESS_ALLOWED_HOSTS: '127.0.0.1' } })
    const session = await server.setup()
    const credentials = { openai_api_key: 'sk-0123456789', openai_api_base: provider.url }
    await session.send('POST', '/workspaces/current/model-providers/openai/credentials', { credentials })
    const [chat, completion] = [
      await server.createApp(session, { mode: 'chat', config }),
      await server.createApp(session, { mode: 'completion', config }),
    ]
    const [workflow, form] = [await createWorkflowApp(server, session, plain), await createWorkflowApp(server, session, asking(approval()))]
    const visit = async (id: string): Promise<Record<string, string>> => {
      const { code } = (await session.send('GET', `/apps/${id}`)).body.site
      const { access_token } = (await sendJson(`${server.url}/api/passport`, 'GET', undefined, { 'x-app-code': code })).body
      return { app_id: id, code, passport: access_token, remote_url }
    }
    const paused = await form.run({ topic: 'Tea' })
    known = {
      chat: await visit(chat.id),
      completion: await visit(completion.id),
      workflow: await visit(workflow.id),
      form: { form_token: paused.body.data.reasons[0].form_token },
    }
  })
  afterAll(async () => {
    elsewhere.close()
    await server.close()
    await provider.close()
  })

  it('has every route of ours, and no other', () => {
    const served = allRoutes.filter(({ surface }) => surface === 'web').map(({ method, path }) => `${method} ${path}`)
    const tried = webApiLines.map(({ route }) => route.replace(':remote_url', ':url'))
    expect(new Set([...tried, ...ownWebRoutes])).toEqual(new Set(served))
  })

  it.each(webApiLines.map((line) => [line.route, line] as const))('%s', async (_, line) => {
    const response = await ask(line)
    const isRead = line.streams !== undefined || line.type !== undefined || line.status === 204
    const body = isRead ? undefined : await response.json()
    expect({ status: response.status, body }).toEqual({ status: line.status, body: isRead ? undefined : expect.anything() })
    if (line.type !== undefined) expect(response.headers.get('content-type')).toBe(line.type)
    for (const [place, keys] of Object.entries(line.has ?? {})) {
      expect(Object.keys(at(body, place)), `keys at "${place}"`).toEqual(expect.arrayContaining([...keys]))
    }
    if (line.streams) {
      const frames = await readFrames(response)
      expect(frames.map(({ data }) => data.event)).toEqual(expect.arrayContaining([...line.streams]))
      keep(line, frames[0]?.data)
    } else if (line.type) await response.arrayBuffer()
    else keep(line, body)
  })

  function ask({ route, of, query, body, form }: WebApiLine): Promise<Response> {
    const [method = '', path = ''] = route.split(' ')
    const named = (name: string): string => known[of][name] ?? `no ${name}`
    const fill = (template: string): string => template.replace(/:([a-z_]+)/g, (_, name: string) => encodeURIComponent(named(name)))
    const fillJson = (value: object): string =>
      JSON.stringify(value).replace(/":([a-z_]+)"/g, (_, name: string) => JSON.stringify(named(name)))
    const { code, passport, upload_token } = known[of]
    const headers = {
      ...(code && passport ? { 'x-app-code': code, 'x-app-passport': passport } : {}),
      ...(upload_token ? { authorization: `Bearer ${upload_token}` } : {}),
      ...(body ? { 'content-type': 'application/json' } : {}),
    }
    const content = body ? fillJson(body) : form && toForm(form)
    return fetch(`${server.url}/api${fill(path)}${query ? `?${fill(query)}` : ''}`, {
      method,
      headers,
      ...(content ? { body: content } : {}),
    })
  }

  function keep({ of, keeps = {} }: WebApiLine, answer: unknown): void {
    for (const [name, place] of Object.entries(keeps)) known[of][name] = String(at(answer, place))
  }
})

function toForm(parts: Readonly<Record<string, Blob | string>>): FormData {
  const form = new FormData()
  for (const [name, part] of Object.entries(parts)) form.set(name, part)
  return form
}

/** What stands in an answer at a place such as `data.0.id`. */
const at = (answer: unknown, place: string): object =>
  // Tests look into answers whose shape they assert.
  place.split('.').reduce((value, key) => (key === '' ? value : (value as Record<string, unknown>)[key]), answer) as object
