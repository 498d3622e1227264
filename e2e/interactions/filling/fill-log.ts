import type {
  AppsTable,
  ConversationsTable,
  Db,
  EndUsersTable,
  MessageFeedbacksTable,
  MessagesTable,
} from '../../../packages/db/src/index.ts'
import { newId } from '../../../packages/kit/src/index.ts'
import { insertAll } from './insert-all.ts'
import { answers, questions, rareWords } from './sample-texts.ts'

const MINUTE_MS = 60_000
const TURNS = 3
const END_USERS = 200

export interface LogFilling {
  readonly appId: string
  readonly conversations: number
}

/** Conversations of three turns by many people; every fiftieth failed, every twentieth was rated, every hundredth holds one of the rare words, or the other. */
export async function fillLog(db: Db, { appId, conversations }: LogFilling): Promise<void> {
  const app = await db.selectFrom('apps').selectAll().where('id', '=', appId).executeTakeFirstOrThrow()
  const people = Array.from({ length: END_USERS }, (_, position) => endUserOf(app, `person-${position}`))
  await insertAll(db, 'end_users', people)
  const now = Date.now()
  const talks = Array.from({ length: conversations }, (_, position) =>
    talkOf(app, {
      endUserId: people[position % people.length]?.id ?? null,
      turns: TURNS,
      endedAt: now - (position + 1) * 5 * MINUTE_MS,
      seed: position,
    }),
  )
  await insertTalks(db, talks)
}

/** Of one visitor: a conversation of many turns, and short ones beside it. It is the newest of the log. Gives its id. */
export async function fillVisitor(
  db: Db,
  { appId, turns, endUserId }: { readonly appId: string; readonly turns: number; readonly endUserId: string },
): Promise<string> {
  const app = await db.selectFrom('apps').selectAll().where('id', '=', appId).executeTakeFirstOrThrow()
  const now = Date.now()
  const long = talkOf(app, { endUserId, turns, endedAt: now, seed: 0 })
  const others = Array.from({ length: 20 }, (_, position) =>
    talkOf(app, { endUserId, turns: TURNS, endedAt: now - (position + 1) * MINUTE_MS, seed: position + 1 }),
  )
  await insertTalks(db, [long, ...others])
  return long.conversation.id
}

interface Talk {
  readonly conversation: ConversationsTable
  readonly messages: readonly MessagesTable[]
  readonly feedbacks: readonly MessageFeedbacksTable[]
}

async function insertTalks(db: Db, talks: readonly Talk[]): Promise<void> {
  const take = <Row>(pick: (talk: Talk) => readonly Row[]): Row[] => talks.flatMap(pick)
  await insertAll(
    db,
    'conversations',
    take(({ conversation }) => [conversation]),
  )
  await insertAll(
    db,
    'messages',
    take(({ messages }) => messages),
  )
  await insertAll(
    db,
    'message_feedbacks',
    take(({ feedbacks }) => feedbacks),
  )
}

interface TalkOf {
  readonly endUserId: string | null
  readonly turns: number
  readonly endedAt: number
  /** What is different from one to the next. */
  readonly seed: number
}

function talkOf(app: AppsTable, { endUserId, turns, endedAt, seed }: TalkOf): Talk {
  const begunAt = endedAt - turns * MINUTE_MS
  const common = { tenant_id: app.tenant_id, app_id: app.id, from_end_user_id: endUserId, from_account_id: null }
  const conversation: ConversationsTable = {
    ...common,
    id: newId(),
    mode: 'chat',
    name: (questions[seed % questions.length] ?? '').slice(0, 40),
    inputs: '{}',
    introduction: null,
    status: 'normal',
    invoke_from: 'web-app',
    pinned_at: null,
    read_at: null,
    deleted_at: null,
    created_at: begunAt,
    updated_at: endedAt,
  }
  const messages: MessagesTable[] = []
  for (let turn = 0; turn < turns; turn += 1) {
    const parent = messages.at(-1)?.id ?? null
    messages.push({
      ...messageOf(app, { seed, turn, at: begunAt + turn * MINUTE_MS }),
      ...common,
      conversation_id: conversation.id,
      parent_message_id: parent,
    })
  }
  const rated = seed % 20 === 7 ? messages.slice(0, 1) : []
  return { conversation, messages, feedbacks: rated.map((message) => feedbackOf(message)) }
}

type Said = Omit<MessagesTable, 'tenant_id' | 'app_id' | 'from_end_user_id' | 'from_account_id' | 'conversation_id' | 'parent_message_id'>

function messageOf(app: AppsTable, { seed, turn, at }: { readonly seed: number; readonly turn: number; readonly at: number }): Said {
  const isFailed = seed % 50 === 13 && turn === 0
  const rareWord = rareWords[(seed % 100) - 42]
  const query = questions[(seed + turn) % questions.length] ?? ''
  const answer = answers[(seed + turn) % answers.length] ?? ''
  return {
    id: newId(),
    run_id: newId(),
    app_config_id: app.published_config_id,
    model_provider: 'langgenius/openai_api_compatible/openai_api_compatible',
    model_id: 'fake',
    inputs: '{}',
    query: rareWord === undefined ? query : `${query} It is about ${rareWord}.`,
    asked: null,
    prompt: JSON.stringify([{ role: 'user', text: query, files: [] }]),
    answer: isFailed ? '' : answer,
    status: isFailed ? 'error' : 'normal',
    error_code: isFailed ? 'provider_unavailable' : null,
    error: isFailed ? 'The model’s provider could not be reached.' : null,
    is_stopped: 0,
    prompt_tokens: 40 + (seed % 60),
    completion_tokens: 80 + (turn % 40),
    total_price_nano: 120_000,
    currency: 'USD',
    provider_latency_ms: 900 + (seed % 700),
    metadata: '{}',
    invoke_from: 'web-app',
    created_at: at,
    updated_at: at,
  }
}

const feedbackOf = ({ id, tenant_id, app_id, conversation_id, from_end_user_id, created_at }: MessagesTable): MessageFeedbacksTable => ({
  id: newId(),
  tenant_id,
  app_id,
  conversation_id,
  message_id: id,
  rating: 'like',
  content: null,
  from_source: 'user',
  from_end_user_id,
  from_account_id: null,
  created_at,
  updated_at: created_at,
})

const endUserOf = ({ tenant_id, id: app_id, created_at }: AppsTable, session: string): EndUsersTable => ({
  id: newId(),
  tenant_id,
  app_id,
  type: 'browser',
  is_anonymous: 1,
  session_id: session,
  external_user_id: null,
  name: null,
  created_at,
  updated_at: created_at,
})
