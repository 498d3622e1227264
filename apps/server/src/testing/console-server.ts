import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMemoryCache } from '@trellis/cache'
import { AppError, type Role } from '@trellis/contracts'
import { type DatabaseOptions, type Db, openDatabase } from '@trellis/db'
import { newId } from '@trellis/kit'
import { createDatabaseQueue } from '@trellis/queue'
import { type Clock, type Egress, EgressError, type JobQueue, silentLogger } from '@trellis/spec'
import type { FastifyInstance } from 'fastify'
import { afterAll, describe } from 'vitest'
import { skipSuite, testPostgres } from '../../../../tools/test-services/index.ts'
import {
  findAccountById,
  findAccountNames,
  findAccountReferences,
  findCurrentMembership,
  insertAccount,
  insertMember,
  insertTenant,
} from '../features/accounts/accounts.repository.ts'
import { type ApiKeys, createApiKeys } from '../features/api-keys/index.ts'
import { createAppFiles, type FileModels } from '../features/app-files/index.ts'
import { type AppModels, type Apps, createApps, type DefaultModel } from '../features/apps/index.ts'
import { createWorkspaceSecrets, type WorkspaceSecrets } from '../features/secrets/index.ts'
import { createSites, type IconFiles, type Sites } from '../features/sites/index.ts'
import { createTags } from '../features/tags/index.ts'
import { createTriggerService, createVersionTriggers, mountTriggerRoutes } from '../features/triggers/index.ts'
import { createDraftStore, createWorkflows, type Workflows } from '../features/workflows/index.ts'
import { createWorkspaces } from '../features/workspaces/index.ts'
import { createGuard } from '../http/guard.ts'
import { createMount, type Mount } from '../http/mount.ts'
import { createHttpServer } from '../http/server.ts'
import { createTableChanges, type TableChanges } from '../table-changes.ts'
import { createTeamParts } from './team-parts.ts'

/** Time that only moves when told. */
export interface TestClock extends Clock {
  advance(milliseconds: number): void
}

/** Someone who calls: an account of a workspace. */
export interface Caller {
  readonly tenantId: string
  readonly accountId: string
  send(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<TestReply>
}

export interface TestReply {
  readonly status: number
  // Tests look into bodies whose shape they assert.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readonly body: any
}

/** A console of the slices around apps over a migrated database: real routes, guard and statements; models and pictures at their ports. */
export interface ConsoleServer {
  readonly server: FastifyInstance
  readonly db: Db
  readonly clock: TestClock
  readonly queue: JobQueue
  readonly apps: Apps
  readonly workflows: Workflows
  readonly sites: Sites
  readonly keys: ApiKeys
  readonly models: { defaultModel: DefaultModel | undefined }
  readonly pictures: Set<string>
  /** What the net answers, by address; anything else is refused. */
  readonly pages: Map<string, string>
  /** A new account in a workspace, which is new unless given. */
  join(role: Role, tenantId?: string): Promise<Caller>
}

export const DEMO_MODEL: DefaultModel = { provider: 'demo', name: 'demo-chat', mode: 'chat', completion_params: {} }

/** Runs a suite on SQLite, and on PostgreSQL where the machine has it. Await it at the top of the file. */
export async function describeOnDatabases(name: string, suite: (console: () => ConsoleServer) => void): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'trellis-test-'))
  afterAll(() => rm(folder, { recursive: true }))
  const postgres = await testPostgres()
  await describeOn(`${name} on SQLite`, { type: 'sqlite', file: join(folder, 'test.sqlite') }, suite)
  if (postgres.isAvailable) await describeOn(`${name} on PostgreSQL`, postgres.options, suite)
  else skipSuite(`${name} on PostgreSQL`, postgres)
}

async function describeOn(title: string, options: DatabaseOptions, suite: (console: () => ConsoleServer) => void): Promise<void> {
  const tableChanges = createTableChanges(silentLogger)
  const database = openDatabase(options, { onChange: tableChanges.committed })
  await database.migrate()
  const started = await startConsole(database.db, tableChanges)
  describe(title, () => {
    afterAll(async () => {
      await started.server.close()
      await started.keys.close()
      await started.queue.close()
      await database.close()
    })
    suite(() => started)
  })
}

async function startConsole(db: Db, tableChanges: TableChanges): Promise<ConsoleServer> {
  const clock = createTestClock()
  const queue = createDatabaseQueue({ db, clock, logger: silentLogger })
  const models: ConsoleServer['models'] = { defaultModel: DEMO_MODEL }
  const pictures = new Set<string>()
  const files: IconFiles = {
    isPicture: async (tenantId, fileId) => pictures.has(`${tenantId}/${fileId}`),
    pictureUrl: (fileId) => `https://files.test/${fileId}`,
  }
  const sites = createSites({ db, clock, files })
  const secrets = createWorkspaceSecrets({ db, secretKey: 'a secret for tests, of a decent length' })
  const drafts = createDraftStore({ db, secrets, maxVariableBytes: 204_800 })
  const apps = createApps({
    db,
    clock,
    queue,
    sites,
    drafts,
    files,
    models: createTestModels(models),
    namesOf: (ids) => findAccountNames(db, ids),
    languageOf: async (id) => (await findAccountById(db, id))?.interface_language ?? 'en-US',
    urls: { serviceApi: undefined, appWeb: 'https://pages.test' },
    limits: { activeRunsPerAppByDefault: 0, activeRunsPerApp: 0, requestsPerApp: { minute: 0, hour: 0, day: 0 } },
  })
  const triggers = createVersionTriggers({ clock })
  const { checkSections } = createTestModels(models)
  const accountsOf = (ids: readonly string[]) => findAccountReferences(db, ids)
  const workflows = createWorkflows({ db, clock, apps, store: drafts, secrets, triggers, checkSections, accountsOf })
  const pages = new Map<string, string>()
  const { cache } = createMemoryCache({ clock })
  const appFiles = createAppFiles({
    apps,
    workflows,
    store: drafts,
    cache,
    egress: createTestEgress(pages),
    models: fileModelsOf(models),
    sealsDatasetIds: true,
    hasTool: ({ provider }) => provider === 'time',
  })
  const keys = createApiKeys({ db, clock, logger: silentLogger, tableChanges, apps })
  const tags = createTags({ db, clock, getApp: apps.getApp })
  const workspaces = createWorkspaces({ db, clock, secrets, countApps: apps.countApps, pictures: files, ...createTeamParts(db, clock) })
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
  const mount = createTestMount(server, db, keys)
  for (const slice of [apps, tags, workflows, appFiles, sites, keys, workspaces]) slice.mountRoutes(mount)
  mountTriggerRoutes(mount, { service: createTriggerService({ db, clock, apps, workflows }), baseUrl: undefined })
  await server.ready()
  return {
    server,
    db,
    clock,
    queue,
    apps,
    workflows,
    sites,
    keys,
    models,
    pictures,
    pages,
    join: (role, tenantId) => joinWorkspace({ server, db, clock, secrets }, role, tenantId),
  }
}

function createTestClock(): TestClock {
  let now = 1_750_000_000_000
  return {
    now: () => now,
    advance(milliseconds) {
      now += milliseconds
    },
  }
}

const createTestModels = (state: ConsoleServer['models']): AppModels => ({
  findDefaultModel: async () => state.defaultModel,
  describeModel: async ({ model }) =>
    model.startsWith('demo') ? { mode: model.endsWith('completion') ? 'completion' : 'chat' } : undefined,
  checkSections: async () => undefined,
})

const fileModelsOf = (state: ConsoleServer['models']): FileModels => ({
  isKnown: async ({ model }) => model.startsWith('demo'),
  findDefault: async () => state.defaultModel && { provider: state.defaultModel.provider, model: state.defaultModel.name },
  hasPlugin: (pluginId) => pluginId === 'trellis/demo',
})

const createTestEgress = (pages: ReadonlyMap<string, string>): Egress => ({
  async request({ url, policy }) {
    const page = pages.get(url)
    if (page === undefined || policy !== 'content') throw new EgressError('refused', `${url} may not be reached.`)
    const bytes = new TextEncoder().encode(page)
    return {
      status: 200,
      headers: {},
      url,
      chunks: (async function* () {
        yield bytes
      })(),
      bytes: async () => bytes,
      text: async () => page,
    }
  },
  fetchFor: () => fetch,
})

/** The real guard, with the account's id as its token. */
function createTestMount(server: FastifyInstance, db: Db, keys: ApiKeys): Mount {
  return createMount(
    server,
    createGuard({
      async authenticateSession(accountId) {
        const [account, membership] = await Promise.all([findAccountById(db, accountId), findCurrentMembership(db, accountId)])
        if (!account || !membership) throw new AppError('unauthorized')
        return { account, membership, sessionId: accountId }
      },
      verifyCsrf: async (token) => token,
      readCookie: (request, name) => (name === 'csrf_token' ? String(request.headers['x-csrf-token']) : undefined),
      authenticateAppKey: keys.authenticateAppKey,
      authenticatePassport: async () => {
        throw new AppError('unauthorized')
      },
      admin: undefined,
      isSetUp: async () => true,
      consoleOrigins: [],
    }),
  )
}

async function joinWorkspace(
  { server, db, clock, secrets }: Pick<ConsoleServer, 'server' | 'db' | 'clock'> & { readonly secrets: WorkspaceSecrets },
  role: Role,
  given: string | undefined,
): Promise<Caller> {
  const tenantId = given ?? newId()
  const accountId = newId()
  const audit = { created_at: clock.now(), updated_at: clock.now() }
  if (!given) {
    await insertTenant(db, {
      id: tenantId,
      name: 'Workshop',
      plan: 'basic',
      status: 'normal',
      sealed_key: secrets.createSealedKey(tenantId),
      custom_config: '{}',
      ...audit,
    })
  }
  await insertAccount(db, {
    id: accountId,
    name: `The ${role}`,
    email: `${accountId}@example.com`,
    password_hash: null,
    avatar: null,
    interface_language: 'de-DE',
    interface_theme: 'system',
    timezone: 'UTC',
    status: 'active',
    last_login_at: null,
    last_login_ip: null,
    last_active_at: null,
    ...audit,
  })
  await insertMember(db, {
    tenant_id: tenantId,
    account_id: accountId,
    role,
    is_current: 1,
    invited_by: null,
    last_opened_at: null,
    created_at: clock.now(),
  })
  return {
    tenantId,
    accountId,
    async send(method, path, body) {
      const response = await server.inject({
        method,
        url: `/console/api${path}`,
        headers: { authorization: `Bearer ${accountId}`, 'x-csrf-token': accountId },
        ...(body === undefined ? {} : { payload: body }),
      })
      return { status: response.statusCode, body: response.body === '' ? undefined : response.json() }
    },
  }
}
