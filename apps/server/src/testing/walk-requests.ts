import type { RouteContract } from '@trellis/contracts'
import { SignJWT } from 'jose'
import { type Named, type SampleRequest, sampleRequest } from './sample-request.ts'
import type { ConsoleSession } from './test-server.ts'
import { type AppWorld, PASSWORD, type TurnIds, type WorkspaceWorld } from './world.ts'

/** Ids of things, by the names that routes have for them. */
export type Ids = Readonly<Record<(typeof idNames)[number], unknown>>

const idNames = [
  'app_id',
  'flow_id',
  'key_id',
  'conversation_id',
  'message_id',
  'run_id',
  'workflow_run_id',
  'task_id',
  'tenant_id',
  'member_id',
  'session_id',
  'tag_id',
  'tag_ids',
  'target_id',
  'credential_id',
  'end_user_id',
  'file_id',
  'annotation_id',
  'setting_id',
  'extension_id',
  'files',
  'icon',
  'avatar',
  'first_id',
  'last_id',
] as const

export const idsOf = (world: WorkspaceWorld, app: AppWorld, turn: TurnIds): Ids => ({
  app_id: app.id,
  flow_id: app.id,
  key_id: app.keyId,
  conversation_id: turn.conversationId,
  message_id: turn.messageId,
  run_id: turn.runId,
  workflow_run_id: turn.runId,
  task_id: turn.taskId,
  tenant_id: world.tenantId,
  member_id: world.ownerId,
  session_id: world.spareSessionId,
  tag_id: world.tagId,
  tag_ids: [world.tagId],
  target_id: app.id,
  credential_id: world.credentialId,
  end_user_id: turn.endUserId,
  file_id: app.fileId,
  annotation_id: app.annotationId,
  setting_id: app.settingId,
  extension_id: world.extensionId,
  files: [{ type: 'document', transfer_method: 'local_file', upload_file_id: app.fileId }],
  icon: world.fileId,
  avatar: world.fileId,
  first_id: turn.messageId,
  last_id: turn.conversationId,
})

/** What requests need beside ids. Nothing of it gets an attacker further. */
export const otherValues: Named = {
  variable_id: '0196f1b2-7a3c-7d00-8000-0123456789ab',
  import_id: '0196f1b2-7a3c-7d00-8000-0123456789ad',
  workflow_id: '0196f1b2-7a3c-7d00-8000-0123456789ac',
  trigger_id: '0196f1b2-7a3c-7d00-8000-0123456789ae',
  job_id: '0196f1b2-7a3c-7d00-8000-0123456789af',
  budget_id: '0196f1b2-7a3c-7d00-8000-0123456789b0',
  // A budget that refuses nothing of what else is tried.
  amount: 1000,
  stops: false,
  user: 'u1',
  name: 'homemark',
  provider: 'openai',
  email: 'somebody@example.com',
  new_email: 'somebody@example.com',
  emails: ['somebody@example.com'],
  password: PASSWORD,
  new_password: `${PASSWORD}2`,
  repeat_new_password: 'something else',
  timezone: 'UTC',
  interface_language: 'en-US',
  icon_type: 'image',
  // Nothing listens there, and content may not go there.
  url: 'http://127.0.0.1:1/file.png',
  api_endpoint: 'http://127.0.0.1:1/extension',
  api_key: 'a-key-of-an-extension',
  model: 'gpt-5.6',
  model_config: {
    // What generators are given of a model stands at its top.
    provider: 'openai',
    name: 'gpt-5.6',
    model: { provider: 'openai', name: 'gpt-5.6', completion_params: {} },
    // Files are looked at only where the app takes them.
    file_upload: { enabled: true, allowed_file_types: ['document'] },
  },
}

/** Requests for things of another: one id of theirs at a time among the caller's own, then all at once. */
export function mixIds(contract: RouteContract, own: Ids, victim: Ids): readonly IntruderRequest[] {
  const used = idNames.filter((name) => usesId(contract, own, name) && JSON.stringify(own[name]) !== JSON.stringify(victim[name]))
  const mixes = used.length > 1 ? used.map((name) => [name]) : []
  return [...mixes, used].map((names) => ({
    names,
    request: sampleRequest(contract, { ...otherValues, ...own, ...Object.fromEntries(names.map((name) => [name, victim[name]])) }),
  }))
}

export interface IntruderRequest {
  /** The ids in it that are not the caller's. */
  readonly names: readonly string[]
  readonly request: SampleRequest
}

const PROBE = 'ffffffff-ffff-4fff-bfff-ffffffffffff'

function usesId(contract: RouteContract, own: Ids, name: (typeof idNames)[number]): boolean {
  const probes: Partial<Record<typeof name, unknown>> = {
    files: [{ type: 'image', transfer_method: 'local_file', upload_file_id: PROBE }],
    tag_ids: [PROBE],
  }
  const probe = probes[name] ?? PROBE
  const { path, body } = sampleRequest(contract, { ...otherValues, ...own, [name]: probe })
  return `${path}${JSON.stringify(body)}`.includes(PROBE)
}

/** Everything by which a workspace would be recognised. */
export const tracesOf = (world: WorkspaceWorld): readonly string[] => [
  world.mark,
  world.tenantId,
  world.credentialId,
  world.fileId,
  world.tagId,
  world.extensionId,
  ...world.accountIds,
  ...[world.chat, world.completion].flatMap(tracesOfApp),
]

export const tracesOfApp = (app: AppWorld): readonly string[] =>
  [
    app.id,
    app.code,
    app.key,
    app.keyId,
    app.fileId,
    app.annotationId,
    app.settingId,
    ...[app.service, app.web, app.debug].flatMap((turn) => Object.values(turn)),
  ].filter((trace) => trace !== '')

/** Proofs of a session that are none, by what is wrong with them. */
export async function forgeSessions(
  secretKey: string,
  {
    session,
    stranger,
    passport,
    apiKey,
  }: { readonly session: ConsoleSession; readonly stranger: ConsoleSession; readonly passport: string; readonly apiKey: string },
): Promise<Readonly<Record<string, Readonly<Record<string, string>>>>> {
  const { access_token: access = '', csrf_token: csrf = '', refresh_token: refresh = '' } = session.cookies
  // All that a right one says, so that each is refused for what is wrong with it and nothing else.
  const { exp: _, ...claims } = readClaims(access)
  const sign = (more: object, { key = secretKey, expires = '1h' as string | number } = {}): Promise<string> =>
    new SignJWT({ ...claims, ...more })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setExpirationTime(expires)
      .sign(new TextEncoder().encode(key))
  const withAccess = (token: string): Record<string, string> => ({
    cookie: `access_token=${token}; csrf_token=${csrf}`,
    'x-csrf-token': csrf,
  })
  const [header, payload] = access.split('.')
  return {
    nothing: {},
    'no CSRF header': { cookie: session.headers['cookie'] ?? '' },
    'no CSRF cookie': { cookie: `access_token=${access}`, 'x-csrf-token': csrf },
    'a bearer without CSRF': { authorization: `Bearer ${access}` },
    'another CSRF header': { ...session.headers, 'x-csrf-token': stranger.cookies['csrf_token'] ?? '' },
    'the CSRF token of somebody else': {
      cookie: `access_token=${access}; csrf_token=${stranger.cookies['csrf_token']}`,
      'x-csrf-token': stranger.cookies['csrf_token'] ?? '',
    },
    'the access token as CSRF token': { cookie: `access_token=${access}; csrf_token=${access}`, 'x-csrf-token': access },
    'the CSRF token as access token': withAccess(csrf),
    'the refresh token as access token': withAccess(refresh),
    'an expired token': withAccess(await sign({}, { expires: Math.floor(Date.now() / 1000) - 60 })),
    'a token of another secret': withAccess(await sign({}, { key: `${secretKey}!` })),
    'a token of another source': withAccess(await sign({ token_source: 'webapp' })),
    'a token of another subject': withAccess(await sign({ sub: 'Web API Passport' })),
    'a token of nobody': withAccess(await sign({ user_id: PROBE })),
    'a token without an account': withAccess(await sign({ user_id: 7 })),
    'a token that nobody signed': withAccess(`${encodeJson({ alg: 'none', typ: 'JWT' })}.${payload}.`),
    'a token whose signature was cut off': withAccess(`${header}.${payload}.`),
    'a passport': withAccess(passport),
    'an API key': { authorization: `Bearer ${apiKey}`, cookie: `csrf_token=${csrf}`, 'x-csrf-token': csrf },
    nonsense: withAccess('nonsense'),
  }
}

/** Proofs of a visitor that are none, with the answers that are right for each. */
export async function forgePassports(
  secretKey: string,
  app: AppWorld,
  { session, visitorOf }: { readonly session: ConsoleSession; readonly visitorOf: AppWorld },
): Promise<Readonly<Record<string, { readonly headers: Readonly<Record<string, string>>; readonly statuses: readonly number[] }>>> {
  const claims = readClaims(app.passport)
  const sign = (more: object, key = secretKey): Promise<string> =>
    new SignJWT({ ...claims, ...more }).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(new TextEncoder().encode(key))
  const refused = (passport: string) => ({ headers: { 'x-app-code': app.code, 'x-app-passport': passport }, statuses: [401] })
  const [header, payload] = app.passport.split('.')
  return {
    nothing: { headers: {}, statuses: [401] },
    'a code alone': { headers: { 'x-app-code': app.code }, statuses: [401] },
    'a session': { headers: session.headers, statuses: [401] },
    'an API key': { headers: { authorization: `Bearer ${app.key}` }, statuses: [401] },
    'an access token': refused(session.cookies['access_token'] ?? ''),
    'a CSRF token': refused(session.cookies['csrf_token'] ?? ''),
    'a passport of another secret': refused(await sign({}, `${secretKey}!`)),
    'a passport of another subject': refused(await sign({ sub: 'Console API Passport' })),
    'a passport that has run out': refused(await sign({ exp: Math.floor(Date.now() / 1000) - 60 })),
    'a passport that nobody signed': refused(`${encodeJson({ alg: 'none', typ: 'JWT' })}.${payload}.`),
    'a passport whose signature was cut off': refused(`${header}.${payload}.`),
    nonsense: refused('nonsense'),
    // Ours would not issue these; whoever holds one all the same gets nothing by it.
    'a passport of another code': { ...refused(await sign({ app_code: visitorOf.code })), statuses: [400] },
    'a passport without a code': { ...refused(await sign({ app_code: undefined })), statuses: [400] },
    'a passport of a visitor of another app': { ...refused(await sign({ end_user_id: visitorOf.web.endUserId })), statuses: [404] },
    'a passport of nobody': { ...refused(await sign({ end_user_id: 7 })), statuses: [404] },
  }
}

const encodeJson = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const readClaims = (token: string): Readonly<Record<string, unknown>> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
