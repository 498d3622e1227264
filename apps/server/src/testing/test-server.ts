import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig } from '@trellis/config'
import { encodePassword } from '@trellis/contracts'
import { type Clock, systemClock } from '@trellis/spec'
import type { BuiltinProvider } from '../features/node-services/index.ts'
import { type RunningProcess, startProcess } from '../lifecycle.ts'
import { createWatchingLogger, type WatchedLine } from './watching-logger.ts'

export interface TestServerOptions {
  readonly clock?: Clock
  /** Settings on top of those of a newcomer. */
  readonly env?: Readonly<Record<string, string>>
  /** A data folder to go on with; kept when the server closes. */
  readonly folder?: string
  /** Tools beside those that are built in. */
  readonly toolProviders?: readonly BuiltinProvider[]
  /** A folder with pages to serve; absent: none are. */
  readonly webFolder?: string
}

export interface JsonReply {
  readonly status: number
  readonly headers: Headers
  // Tests look into bodies whose shape they assert.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readonly body: any
}

/** Someone signed in to the console: cookies and CSRF token go along. */
export interface ConsoleSession {
  readonly cookies: Readonly<Record<string, string>>
  /** Cookies and CSRF token as they travel. */
  readonly headers: Readonly<Record<string, string>>
  send(method: string, path: string, body?: object): Promise<JsonReply>
  /** The same without reading the answer: for streams. */
  fetch(method: string, path: string, body?: object, headers?: Readonly<Record<string, string>>): Promise<Response>
}

export interface TestServer {
  readonly url: string
  readonly folder: string
  readonly process: RunningProcess
  /** What it logged as errors so far, and forgets: for tests that provoke them. `close` fails where any are left. */
  takeProblems(): readonly string[]
  /** The latest lines of its log, of the levels `info` and `warn`. */
  lines(): readonly WatchedLine[]
  /** Creates the first administrator and signs in. */
  setup(account?: { readonly email: string; readonly password: string }): Promise<ConsoleSession>
  login(email: string, password: string): Promise<ConsoleSession>
  /** A published app on the demo model with a key. */
  createApp(session: ConsoleSession, app: NewTestApp): Promise<TestApp>
  close(): Promise<void>
}

export interface NewTestApp {
  readonly mode: 'chat' | 'completion'
  readonly name?: string
  readonly config?: object
}

export interface TestApp {
  readonly id: string
  readonly code: string
  readonly key: string
  /** Calls `/v1` with the app's key. */
  send(method: string, path: string, body?: object): Promise<JsonReply>
  fetch(method: string, path: string, body?: object, headers?: Readonly<Record<string, string>>): Promise<Response>
}

export const administrator = { email: 'ann@example.com', password: 'correct horse 1' }

/** The whole server in this process, on a free port, over a folder of its own. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { env = {}, folder: given, clock = systemClock, toolProviders = [], webFolder } = options
  const folder = given ?? (await mkdtemp(join(tmpdir(), 'trellis-server-')))
  const loaded = loadConfig({ env: { TRELLIS_HOME: folder, LOG_LEVEL: 'ERROR', ...env }, cwd: folder })
  if (!loaded.ok) throw new TypeError(loaded.faults.map((fault) => `${fault.variable}: ${fault.remedy}`).join('\n'))
  const { config } = loaded
  const { logger, takeProblems, lines } = createWatchingLogger()
  const running = await startProcess({
    config: { ...config, server: { ...config.server, host: '127.0.0.1', port: 0 } },
    clock,
    logger,
    version: '1.15.0',
    webFolder,
    isStrict: true,
    toolProviders,
  })
  const url = running.address ?? ''
  const login = (email: string, password: string): Promise<ConsoleSession> => signIn(url, email, password)
  return {
    url,
    folder,
    process: running,
    takeProblems,
    lines,
    login,
    async setup(account = administrator) {
      await sendJson(`${url}/console/api/setup`, 'POST', { ...account, name: 'Ann' })
      return login(account.email, account.password)
    },
    createApp: (session, app) => createTestApp(url, session, app),
    async close() {
      await running.close()
      if (given === undefined) await rm(folder, { recursive: true, force: true })
      const problems = takeProblems()
      if (problems.length > 0) throw new Error(`The server logged errors:\n${problems.join('\n')}`)
    },
  }
}

async function signIn(url: string, email: string, password: string): Promise<ConsoleSession> {
  const reply = await sendJson(`${url}/console/api/login`, 'POST', { email, password: encodePassword(password) })
  if (reply.status !== 200) throw new TypeError(`The sign-in answered ${reply.status}: ${JSON.stringify(reply.body)}`)
  const cookies = Object.fromEntries(reply.headers.getSetCookie().map((cookie) => cookie.split(';')[0]?.split('=') ?? [])) as Record<
    string,
    string
  >
  const headers = {
    cookie: Object.entries(cookies)
      .map(([name, value]) => `${name}=${value}`)
      .join('; '),
    'x-csrf-token': cookies['csrf_token'] ?? '',
  }
  return {
    cookies,
    headers,
    send: (method, path, body) => sendJson(`${url}/console/api${path}`, method, body, headers),
    fetch: (method, path, body, more) => request(`${url}/console/api${path}`, method, body, { ...headers, ...more }),
  }
}

async function createTestApp(url: string, session: ConsoleSession, app: NewTestApp): Promise<TestApp> {
  const created = await session.send('POST', '/apps', { name: app.name ?? 'Test app', mode: app.mode })
  if (created.status !== 201) throw new TypeError(`The app was not made: ${JSON.stringify(created.body)}`)
  const { id, model_config: config, site } = created.body
  if (app.config) {
    const published = await session.send('POST', `/apps/${id}/model-config`, { ...config, ...app.config })
    if (published.status !== 200) throw new TypeError(`The configuration was refused: ${JSON.stringify(published.body)}`)
  }
  const key = (await session.send('POST', `/apps/${id}/api-keys`)).body.token
  const headers = { authorization: `Bearer ${key}` }
  return {
    id,
    code: site.code,
    key,
    send: (method, path, body) => sendJson(`${url}/v1${path}`, method, body, headers),
    fetch: (method, path, body, more) => request(`${url}/v1${path}`, method, body, { ...headers, ...more }),
  }
}

export async function sendJson(
  url: string,
  method: string,
  body?: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<JsonReply> {
  const response = await request(url, method, body, headers)
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) }
}

const request = (url: string, method: string, body: object | undefined, headers: Readonly<Record<string, string>>): Promise<Response> =>
  fetch(url, {
    method,
    headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })

export interface Frame {
  readonly id: string | undefined
  // As above.
  // biome-ignore lint/suspicious/noExplicitAny: see JsonReply
  readonly data: any
}

/** Reads a whole event stream; pings are left out. */
export async function readFrames(response: Response): Promise<Frame[]> {
  return parseFrames(await response.text())
}

export function parseFrames(text: string): Frame[] {
  return text.split('\n\n').flatMap((block) => {
    const lines = block.split('\n')
    const data = lines.find((line) => line.startsWith('data: '))
    return data ? [{ id: lines.find((line) => line.startsWith('id: '))?.slice(4), data: JSON.parse(data.slice(6)) }] : []
  })
}
