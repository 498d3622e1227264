import { mkdtempSync, rmSync } from 'node:fs'
import { get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import serverFlags from '../../../scripts/server-flags.json' with { type: 'json' }
import { pathOf } from '../paths.ts'
import { type Child, startChild } from '../process/child.ts'
import { createConsole } from './console.ts'
import { pause } from './measure.ts'
import { baseAddressOf, chatBody, type Target } from './target.ts'

export interface Server {
  readonly child: Child
  readonly url: string
  /** From the spawn to the first 200 of `/health`, and to the first whole page. */
  readonly healthMs: number
  readonly pageMs: number
}

const START_TIMEOUT_MS = 60_000

/** The production build as `npm start` runs it, on a data folder of the bench's own; nothing of the caller's environment reaches it. */
export async function startServer(
  home: string,
  options: { readonly script: string; readonly nodeOptions?: readonly string[]; readonly env?: Readonly<Record<string, string>> },
): Promise<Server> {
  const port = await findFreePort()
  const url = `http://127.0.0.1:${port}`
  const startedAt = performance.now()
  const child = startChild(pathOf(options.script), [], {
    nodeOptions: [...(options.script === productionServer ? serverFlags : []), ...(options.nodeOptions ?? [])],
    cwd: home,
    env: {
      TRELLIS_HOME: join(home, 'data'),
      DIFY_BIND_ADDRESS: '127.0.0.1',
      DIFY_PORT: String(port),
      HOME: home,
      NODE_COMPILE_CACHE: join(home, 'compiled'),
      ...options.env,
    },
  })
  try {
    await untilAnswered(child, `${url}/health`)
    const healthMs = performance.now() - startedAt
    await untilAnswered(child, `${url}/`)
    return { child, url, healthMs, pageMs: performance.now() - startedAt }
  } catch (error) {
    await child.stop()
    throw error
  }
}

export const productionServer = 'apps/server/dist/main.mjs'
/** What `npm start` runs: it also looks whether anything must be installed or built. */
export const startCommand = 'scripts/start.mjs'

/** Sets a fresh server up through its console, as a person would: account, provider, app, key. */
export async function prepareTarget(server: Server, provider: Target): Promise<Target> {
  const console = await createConsole(server.url)
  await console.addModel({ baseAddress: baseAddressOf(provider), model: 'fake' })
  const key = await console.createChatApp({ model: 'fake' })
  return {
    name: 'trellis',
    child: server.child,
    url: `${server.url}/v1/chat-messages`,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    textKey: 'answer',
    body: chatBody,
  }
}

export interface Home {
  readonly path: string
  remove(): void
}

export function createHome(): Home {
  const path = mkdtempSync(join(tmpdir(), 'trellis-bench-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

async function untilAnswered(child: Child, url: string): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS
  while (performance.now() < deadline) {
    if (child.process.exitCode !== null) throw new Error(`the server ended before it served:\n${child.output()}`)
    if ((await statusOf(url)) === 200) return
    await pause(5)
  }
  throw new Error(`the server did not answer ${url} within ${START_TIMEOUT_MS / 1000} s:\n${child.output()}`)
}

const statusOf = (url: string): Promise<number | undefined> =>
  new Promise((resolve) => {
    get(url, (response) => {
      response.resume()
      response.once('end', () => resolve(response.statusCode))
    }).once('error', () => resolve(undefined))
  })

async function findFreePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an AddressInfo.
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
