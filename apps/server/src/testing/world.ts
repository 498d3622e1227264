import type { Role } from '@trellis/contracts'
import type { Db } from '@trellis/db'
import { newId } from '@trellis/kit'
import type { FakeOpenai } from '../../../../tools/fake-openai/index.ts'
import { insertAccount, insertMember } from '../features/accounts/accounts.repository.ts'
import { type ConsoleSession, type JsonReply, sendJson, type TestApp, type TestServer } from './test-server.ts'

export const allRoles = ['owner', 'admin', 'editor', 'normal', 'dataset_operator'] as const satisfies readonly Role[]
export const PASSWORD = 'correct horse 1'

/** A workspace with somebody of each role and with something of each kind in it, all of it bearing its mark. */
export interface WorkspaceWorld {
  /** Stands in every name and text; whoever sees it sees what is the workspace's. */
  readonly mark: string
  readonly tenantId: string
  readonly sessions: Readonly<Record<Role, ConsoleSession>>
  readonly accountIds: readonly string[]
  /** Nothing that members may do to each other can be done to the owner. */
  readonly ownerId: string
  /** A session of the owner's that nobody uses. */
  readonly spareSessionId: string
  readonly tagId: string
  readonly extensionId: string
  readonly chat: AppWorld
  readonly completion: AppWorld
  readonly fileId: string
  readonly credentialId: string
}

export interface AppWorld extends TestApp {
  readonly keyId: string
  /** Of a visitor of the public page. */
  readonly passport: string
  readonly service: TurnIds
  readonly web: TurnIds
  readonly debug: TurnIds
  readonly fileId: string
  readonly annotationId: string
  /** How it answers with annotations: it does not. */
  readonly settingId: string
}

/** A turn that was answered, and who asked. */
export interface TurnIds {
  readonly conversationId: string
  readonly messageId: string
  readonly runId: string
  readonly taskId: string
  readonly endUserId: string
}

/** Fills a workspace whose owner can sign in. Its model is the given one. */
export async function createWorld(server: TestServer, owner: { readonly email: string }, provider: FakeOpenai): Promise<WorkspaceWorld> {
  const { db } = server.process.platform.database
  const mark = owner.email.split('@')[0] ?? ''
  const session = await server.login(owner.email, PASSWORD)
  const tenantId: string = (await session.send('POST', '/workspaces/current')).body.id
  const others = await addMembers(server, tenantId, mark)
  const providerPath = '/workspaces/current/model-providers/openai/credentials'
  const credentials = { openai_api_key: `sk-${mark}-secret-of-the-provider`, openai_api_base: provider.url }
  expectStatus(await session.send('POST', providerPath, { credentials, name: `${mark} key` }), 201)
  const { id: credentialId } = await db
    .selectFrom('provider_credentials')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .executeTakeFirstOrThrow()
  return {
    mark,
    tenantId,
    credentialId,
    sessions: { owner: session, ...others },
    accountIds: await listAccountIds(db, tenantId),
    tagId: (await session.send('POST', '/tags', { name: `${mark} tag`, type: 'app' })).body.id,
    extensionId: await insertExtension(server, { tenantId, mark }),
    spareSessionId: await openSpareSession(server, owner.email),
    ownerId: (await session.send('GET', '/account/profile')).body.id,
    chat: await createAppWorld(server, session, { mode: 'chat', mark }),
    completion: await createAppWorld(server, session, { mode: 'completion', mark }),
    fileId: (await upload(`${server.url}/console/api/files/upload`, session.headers, mark)).body.id,
  }
}

/** It was saved by itself: nothing answers at its address. */
async function insertExtension({ process }: TestServer, { tenantId, mark }: { readonly tenantId: string; readonly mark: string }) {
  const id = newId()
  const sealed_api_key = await process.features.secrets.seal(tenantId, `${mark}-key-of-the-extension`, 'api-extension')
  const row = { id, tenant_id: tenantId, name: `${mark} extension`, api_endpoint: `https://${mark}.test/`, sealed_api_key, created_by: id }
  await process.platform.database.db
    .insertInto('api_extensions')
    .values({ ...row, created_at: 0, updated_at: 0 })
    .execute()
  return id
}

async function openSpareSession(server: TestServer, email: string): Promise<string> {
  const spare = await server.login(email, PASSWORD)
  const { data } = (await spare.send('GET', '/account/sessions')).body
  return data.find(({ is_current }: { is_current: boolean }) => is_current).id
}

async function addMembers(
  { process, login }: TestServer,
  tenantId: string,
  mark: string,
): Promise<Record<Exclude<Role, 'owner'>, ConsoleSession>> {
  const { db } = process.platform.database
  const owner = await db
    .selectFrom('accounts')
    .innerJoin('tenant_members', 'tenant_members.account_id', 'accounts.id')
    .selectAll('accounts')
    .where('tenant_id', '=', tenantId)
    .executeTakeFirstOrThrow()
  const add = async (role: Role): Promise<ConsoleSession> => {
    const id = newId()
    const email = `${mark}-${role}@example.com`
    await insertAccount(db, { ...owner, id, email, name: `${mark} ${role}` })
    await insertMember(db, {
      tenant_id: tenantId,
      account_id: id,
      role,
      is_current: 1,
      invited_by: owner.id,
      last_opened_at: null,
      created_at: owner.created_at,
    })
    return login(email, PASSWORD)
  }
  return {
    admin: await add('admin'),
    editor: await add('editor'),
    normal: await add('normal'),
    dataset_operator: await add('dataset_operator'),
  }
}

const listAccountIds = async (db: Db, tenantId: string): Promise<readonly string[]> =>
  (await db.selectFrom('tenant_members').select('account_id').where('tenant_id', '=', tenantId).execute()).map((row) => row.account_id)

const fileUpload = {
  enabled: true,
  number_limits: 3,
  allowed_file_types: ['document', 'image'],
  allowed_file_upload_methods: ['local_file'],
}

/** An app with a turn from each side: an API's end user, a visitor of its page, its editor. */
export async function createAppWorld(
  server: TestServer,
  session: ConsoleSession,
  { mode, mark }: { readonly mode: 'chat' | 'completion'; readonly mark: string },
): Promise<AppWorld> {
  const { db } = server.process.platform.database
  const config = {
    model: { provider: 'openai', name: 'gpt-5.6', completion_params: {} },
    pre_prompt: `${mark} prompt`,
    suggested_questions_after_answer: { enabled: true },
    more_like_this: { enabled: true },
    file_upload: fileUpload,
  }
  const app = await server.createApp(session, { mode, name: `${mark} ${mode}`, config })
  const { id: keyId } = await db.selectFrom('api_keys').select('id').where('app_id', '=', app.id).executeTakeFirstOrThrow()
  const passport: string = (await sendJson(`${server.url}/api/passport`, 'GET', undefined, { 'x-app-code': app.code })).body.access_token
  const { id: fileId } = (await upload(`${server.url}/v1/files/upload`, { authorization: `Bearer ${app.key}` }, mark)).body
  const files = [{ type: 'document', transfer_method: 'local_file', upload_file_id: fileId }]
  const turn = { inputs: { query: `${mark} input` }, query: `${mark} question` }
  const path = mode === 'chat' ? '/chat-messages' : '/completion-messages'
  const idsOf = async (reply: JsonReply): Promise<TurnIds> => {
    expectStatus(reply, 200)
    const run = await db.selectFrom('runs').selectAll().where('message_id', '=', reply.body.message_id).executeTakeFirstOrThrow()
    return {
      conversationId: run.conversation_id ?? '',
      messageId: reply.body.message_id,
      runId: run.id,
      taskId: run.task_id,
      endUserId: run.from_end_user_id ?? '',
    }
  }
  // No name that is made in the background: what a test compares would change under it.
  const service = await idsOf(await app.send('POST', path, { ...turn, files, user: 'u1', auto_generate_name: false }))
  const web = await idsOf(await sendJson(`${server.url}/api${path}`, 'POST', turn, { 'x-app-passport': passport }))
  const debug = await idsOf(await session.send('POST', `/apps/${app.id}${path}`, { ...turn, model_config: config }))
  expectStatus(await app.send('POST', `/messages/${service.messageId}/feedbacks`, { rating: 'like', content: mark, user: 'u1' }), 200)
  const annotation = await app.send('POST', '/apps/annotations', { question: `${mark} asked`, answer: `${mark} answered` })
  expectStatus(annotation, 201)
  if (mode === 'completion') {
    const saved = { message_id: web.messageId }
    expectStatus(await sendJson(`${server.url}/api/saved-messages`, 'POST', saved, { 'x-app-passport': passport }), 200)
  }
  const settingId = await insertSetting(db, app.id)
  return { ...app, keyId, passport, fileId, annotationId: annotation.body.id, settingId, service, web, debug }
}

async function insertSetting(db: Db, appId: string): Promise<string> {
  const { tenant_id } = await db.selectFrom('apps').select('tenant_id').where('id', '=', appId).executeTakeFirstOrThrow()
  const id = newId()
  const off = { is_enabled: 0, score_threshold_micro: 900_000, version: 0, embedding_provider: null, embedding_model: null } as const
  const row = { ...off, id, tenant_id, app_id: appId, job_id: null, updated_by: id, created_at: 0, updated_at: 0 }
  await db.insertInto('annotation_settings').values(row).execute()
  return id
}

async function upload(url: string, headers: Readonly<Record<string, string>>, mark: string): Promise<JsonReply> {
  const form = new FormData()
  form.set('file', new Blob([`${mark} content`], { type: 'text/plain' }), `${mark}.txt`)
  form.set('user', 'u1')
  const response = await fetch(url, { method: 'POST', headers, body: form })
  const reply = { status: response.status, headers: response.headers, body: await response.json() }
  expectStatus(reply, 201)
  return reply
}

function expectStatus({ status, body }: JsonReply, wanted: number): void {
  if (status !== wanted) throw new TypeError(`${wanted} was expected, the answer was ${status}: ${JSON.stringify(body)}`)
}

/** Rows as lines of text, by table. */
export type Rows = Readonly<Record<string, string>>

/** Every row that belongs to a workspace: what this answers before and after tells whether anything changed. */
export async function readRowsOf(db: Db, tenantId: string): Promise<Rows> {
  const tables = [
    'tenant_members',
    'invitations',
    'tags',
    'tag_bindings',
    'api_extensions',
    'audit_log',
    'apps',
    'app_configs',
    'sites',
    'api_keys',
    'end_users',
    'conversations',
    'messages',
    'message_files',
    'message_feedbacks',
    'saved_messages',
    'annotations',
    'annotation_settings',
    'annotation_hits',
    'upload_files',
    'provider_credentials',
    'provider_models',
    'provider_model_settings',
    'default_models',
    'runs',
  ] as const
  const rows = await Promise.all(
    tables.map(async (table) => {
      const found = await db.selectFrom(table).selectAll().where('tenant_id', '=', tenantId).execute()
      // Keys note when they were used last, beside the request.
      return [table, toSortedText(found.map((row) => ('last_used_at' in row ? { ...row, last_used_at: null } : row)))] as const
    }),
  )
  const tenant = await db.selectFrom('tenants').selectAll().where('id', '=', tenantId).execute()
  const members = db.selectFrom('tenant_members').select('account_id').where('tenant_id', '=', tenantId)
  const accounts = await db.selectFrom('accounts').selectAll().where('id', 'in', members).execute()
  return { ...Object.fromEntries(rows), tenants: toSortedText(tenant), accounts: toSortedText(accounts) }
}

const toSortedText = (rows: readonly object[]): string =>
  rows
    .map((row) => JSON.stringify(row))
    .sort()
    .join('\n')

/** Rows but for those of an app, which its own caller may have changed, and for uploads, which tell no app. */
export const withoutApp = ({ upload_files: _uploads, ...rows }: Rows, app: AppWorld): Rows =>
  Object.fromEntries(
    Object.entries(rows).map(([table, text]) => [
      table,
      text
        .split('\n')
        .filter((row) => !row.includes(app.id))
        .join('\n'),
    ]),
  )
