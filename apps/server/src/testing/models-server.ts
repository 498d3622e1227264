import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMemoryCache } from '@trellis/cache'
import type { HttpMethod, Role } from '@trellis/contracts'
import { type DatabaseOptions, type Db, openDatabase } from '@trellis/db'
import { createEgress, newId } from '@trellis/kit'
import { silentLogger, systemClock } from '@trellis/spec'
import { afterAll, beforeAll, describe } from 'vitest'
import { skipSuite, testPostgres } from '../../../../tools/test-services/index.ts'
import { insertTenant } from '../features/accounts/accounts.repository.ts'
import { createModels, type ModelCallSeen, type Models } from '../features/models/index.ts'
import { createWorkspaceSecrets } from '../features/secrets/index.ts'
import { createMount } from '../http/mount.ts'
import { createHttpServer } from '../http/server.ts'

export interface ModelsServer {
  readonly db: Db
  readonly models: Models
  /** What the gateway told of its calls, oldest first. */
  readonly calls: readonly ModelCallSeen[]
  /** Another process on the same database. */
  startAnother(secretKey?: string): Promise<Models>
  addWorkspace(): Promise<string>
  /** Calls a console route, an administrator unless said otherwise. */
  send(tenantId: string, method: HttpMethod, path: string, body?: object, role?: Role): Promise<ModelsReply>
  /** Posts to a console route as an administrator and reads the whole event stream, over a socket: injected requests have none. */
  stream(tenantId: string, path: string, body: object): Promise<{ readonly type: string | null; readonly text: string }>
  close(): Promise<void>
}

export interface ModelsReply {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly text: string
  // Tests look into bodies whose shape they assert.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readonly body: any
}

const SECRET_KEY = 'a secret for tests, of a decent length'

/** Runs a suite on SQLite, and on PostgreSQL where the machine has it. Await it at the top of the file. */
export async function describeModels(name: string, suite: (server: () => ModelsServer) => void): Promise<void> {
  const describeOn = (title: string, options?: DatabaseOptions): void => {
    describe(title, () => {
      let server: ModelsServer
      beforeAll(async () => {
        server = await startModelsServer(options)
      })
      afterAll(() => server.close())
      suite(() => server)
    })
  }
  const postgres = await testPostgres()
  describeOn(`${name} on SQLite`)
  if (postgres.isAvailable) describeOn(`${name} on PostgreSQL`, postgres.options)
  else skipSuite(`${name} on PostgreSQL`, postgres)
}

/** The slice of models on a migrated database (a new one of SQLite unless given), its routes on a real server; headers tell who calls. */
export async function startModelsServer(given?: DatabaseOptions): Promise<ModelsServer> {
  const folder = await mkdtemp(join(tmpdir(), 'trellis-models-'))
  const database = openDatabase(given ?? { type: 'sqlite', file: join(folder, 'test.sqlite') })
  await database.migrate()
  const { db } = database
  const cache = createMemoryCache({ clock: systemClock, logger: silentLogger })
  const egress = createEgress({ modelEndpointAllowPrivate: true })
  const calls: ModelCallSeen[] = []
  const start = (secretKey: string): Promise<Models> =>
    createModels({
      db,
      clock: systemClock,
      logger: silentLogger,
      egress,
      secrets: createWorkspaceSecrets({ db, secretKey }),
      liveEvents: cache.liveEvents,
      meter: { begin: async () => () => undefined },
      onCall: (seen) => calls.push(seen),
      onStream: () => () => undefined,
    })
  const models = await start(SECRET_KEY)
  const server = await createHttpServer({
    logger: silentLogger,
    version: '0',
    environment: 'TEST',
    cors: { consoleOrigins: [], webOrigins: [] },
    trustProxy: false,
    maxBodyBytes: 1_000_000,
    requestTimeoutMs: 10_000,
    isStrict: true,
  })
  const guard = async (_contract: unknown, { headers }: { readonly headers: Readonly<Record<string, unknown>> }) => ({
    type: 'account' as const,
    accountId: 'someone',
    name: 'Someone',
    email: 'someone@example.com',
    tenantId: String(headers['x-tenant']),
    role: headers['x-role'] as Role, // set by `send` below
    sessionId: undefined,
  })
  models.mountRoutes(createMount(server, guard))
  await server.ready()
  return {
    db,
    models,
    calls,
    startAnother: (secretKey = SECRET_KEY) => start(secretKey),
    addWorkspace: () => addWorkspace(db),
    async send(tenantId, method, path, body, role = 'admin') {
      const response = await server.inject({
        method,
        url: `/console/api/workspaces/${path}`,
        headers: { 'x-tenant': tenantId, 'x-role': role },
        ...(body === undefined ? {} : { payload: body }),
      })
      const isJson = String(response.headers['content-type']).includes('json')
      return { status: response.statusCode, headers: response.headers, text: response.body, body: isJson ? response.json() : undefined }
    },
    async stream(tenantId, path, body) {
      const address = server.server.listening ? server.listeningOrigin : await server.listen({ host: '127.0.0.1', port: 0 })
      const response = await fetch(`${address}/console/api/workspaces/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-tenant': tenantId, 'x-role': 'admin' },
        body: JSON.stringify(body),
      })
      return { type: response.headers.get('content-type'), text: await response.text() }
    },
    async close() {
      await server.close()
      await egress.close()
      await cache.close()
      await database.close()
      await rm(folder, { recursive: true })
    },
  }
}

async function addWorkspace(db: Db): Promise<string> {
  const id = newId()
  const now = systemClock.now()
  await insertTenant(db, {
    id,
    name: 'Workshop',
    plan: 'basic',
    status: 'normal',
    sealed_key: createWorkspaceSecrets({ db, secretKey: SECRET_KEY }).createSealedKey(id),
    custom_config: '{}',
    created_at: now,
    updated_at: now,
  })
  return id
}
