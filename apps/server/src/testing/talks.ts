import { type ConversationsTable, type Db, type MessagesTable, toJsonText } from '@trellis/db'
import { newId } from '@trellis/kit'
import { beforeAll } from 'vitest'
import { describeOnServers } from './describe-on-servers.ts'
import { type ConsoleSession, type JsonReply, sendJson, type TestApp, type TestServer } from './test-server.ts'

/** A whole server on one of the databases, with its first administrator signed in. */
export interface TalkServer {
  readonly server: TestServer
  readonly session: ConsoleSession
  readonly db: Db
  readonly tenantId: string
}

/** Runs a suite on every server, each with its administrator signed in. Await it at the top of the file; ask for what it gives inside of tests. */
export const describeTalks = (name: string, suite: (talks: TalkServer) => void): Promise<void> =>
  describeOnServers(name, {}, (server) => {
    let session: ConsoleSession
    let tenantId: string
    beforeAll(async () => {
      session = await server().setup()
      const { db } = server().process.platform.database
      tenantId = (await db.selectFrom('tenants').select('id').executeTakeFirstOrThrow()).id
    })
    suite({
      get server() {
        return server()
      },
      get session() {
        return session
      },
      get db() {
        return server().process.platform.database.db
      },
      get tenantId() {
        return tenantId
      },
    })
  })

/** A visitor of an app's page. */
export interface WebVisitor {
  readonly endUserId: string
  send(method: string, path: string, body?: object): Promise<JsonReply>
}

export async function visit({ server, db }: TalkServer, app: TestApp): Promise<WebVisitor> {
  const sessionId = newId()
  const url = `${server.url}/api`
  const reply = await sendJson(`${url}/passport?user_id=${sessionId}`, 'GET', undefined, { 'x-app-code': app.code })
  const { id } = await db.selectFrom('end_users').select('id').where('session_id', '=', sessionId).executeTakeFirstOrThrow()
  const headers = { 'x-app-code': app.code, 'x-app-passport': reply.body.access_token }
  return { endUserId: id, send: (method, path, body) => sendJson(`${url}${path}`, method, body, headers) }
}

/** The end user whom the Service API knows by this name, made where there is none. */
export async function endUserOf({ server, tenantId }: TalkServer, app: TestApp, user: string): Promise<string> {
  const endUser = await server.process.features.endUsers.findOrCreate({ tenantId, appId: app.id }, user, 'service_api')
  return endUser.id
}

/** Somebody with a workspace of their own. */
export async function signInElsewhere({ server }: TalkServer): Promise<ConsoleSession> {
  const account = { email: `${newId()}@example.com`, password: 'correct horse 2' }
  await server.process.features.accounts.setup.createWorkspace({ ...account, name: 'Else', language: 'en-US' }, 'Elsewhere')
  return server.login(account.email, account.password)
}

const START = Date.parse('2026-03-01T12:00:00Z')

export async function insertConversation(
  { db, tenantId }: TalkServer,
  row: Partial<ConversationsTable> & Pick<ConversationsTable, 'app_id'>,
): Promise<ConversationsTable> {
  const conversation: ConversationsTable = {
    id: newId(),
    tenant_id: tenantId,
    mode: 'chat',
    name: 'Talk',
    inputs: '{}',
    introduction: null,
    status: 'normal',
    invoke_from: 'service-api',
    from_end_user_id: null,
    from_account_id: null,
    pinned_at: null,
    read_at: null,
    deleted_at: null,
    created_at: START,
    updated_at: START,
    ...row,
  }
  await db.insertInto('conversations').values(conversation).execute()
  return conversation
}

/** A message of the conversation's talker. */
export async function insertMessage(
  { db }: TalkServer,
  conversation: ConversationsTable,
  row: Partial<MessagesTable> = {},
): Promise<MessagesTable> {
  const { tenant_id, app_id, invoke_from, from_end_user_id, from_account_id, created_at } = conversation
  const message: MessagesTable = {
    id: newId(),
    tenant_id,
    app_id,
    conversation_id: conversation.id,
    parent_message_id: null,
    run_id: newId(),
    app_config_id: null,
    model_provider: 'demo',
    model_id: 'demo-chat',
    inputs: '{}',
    query: 'How are you?',
    asked: null,
    prompt: toJsonText([{ role: 'user', text: 'How are you?', files: [] }]),
    answer: 'Well.',
    status: 'normal',
    error_code: null,
    error: null,
    is_stopped: 0,
    prompt_tokens: 0,
    completion_tokens: 0,
    total_price_nano: 0,
    currency: 'USD',
    provider_latency_ms: 0,
    metadata: '{}',
    invoke_from,
    from_end_user_id,
    from_account_id,
    created_at,
    updated_at: created_at,
    ...row,
  }
  await db.insertInto('messages').values(message).execute()
  return message
}

/** Walks a list that goes on, page by page, each of which must be full but the last. */
export async function walk<T extends { readonly id: string }>(
  limit: number,
  read: (cursor: T | undefined) => Promise<JsonReply>,
  next: (page: readonly T[]) => T | undefined,
): Promise<T[][]> {
  const pages: T[][] = []
  let cursor: T | undefined
  for (;;) {
    const { status, body } = await read(cursor)
    if (status !== 200) throw new TypeError(`A page answered ${status}: ${JSON.stringify(body)}`)
    pages.push(body.data)
    if (!body.has_more) return pages
    if (body.data.length !== limit) throw new TypeError(`A page of ${limit} held ${body.data.length}, with more to come`)
    cursor = next(body.data)
  }
}
