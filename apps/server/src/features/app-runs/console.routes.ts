import { AppError, type LatencyLedger, consoleAppRunRoutes as routes } from '@trellis/contracts'
import { type AppsTable, type Db, fromJsonText } from '@trellis/db'
import type { AccountActor } from '../../http/actor.ts'
import type { Mount } from '../../http/mount.ts'
import type { Asker } from '../models/index.ts'
import { findRunById } from '../runs/index.ts'
import type { BasicConfig } from '../turns/index.ts'
import { assertMode, chatModes } from './app-runs.service.ts'
import { respondWithRun, respondWithTurn } from './respond.ts'
import type { RunRouteDependencies } from './service.routes.ts'

export interface ConsoleRunRouteDependencies extends Pick<RunRouteDependencies, 'appRuns' | 'respond'> {
  readonly db: Db
  /** @throws `app_not_found` */
  readonly getApp: (tenantId: string, appId: string) => Promise<AppsTable>
  /** Reads a configuration that was sent instead of stored. @throws `invalid_param` */
  readonly parseConfig: (config: unknown) => BasicConfig
}

const askerOf = (actor: AccountActor): Asker => ({ endUserId: null, accountId: actor.accountId, apiKeyId: null })

/** `/console/api`: trial runs of whoever edits an app, with the configuration as it stands in the editor. */
export function mountConsoleRunRoutes(mount: Mount, dependencies: ConsoleRunRouteDependencies): void {
  const { appRuns, respond, getApp, parseConfig } = dependencies
  mount(routes.debugChatMessage).to(async ({ actor, params, body, request, reply }) => {
    const arrivedAt = performance.now()
    const app = await getApp(actor.tenantId, params.app_id)
    assertMode(app, chatModes, 'app_unavailable')
    const turn = await appRuns.start({
      ...askerOf(actor),
      ...body,
      app,
      config: { id: null, value: parseConfig(body.model_config) },
      arrivedAt,
      invokeFrom: 'debugger',
      conversationId: body.conversation_id,
      parentMessageId: body.parent_message_id,
      autoGenerateName: false,
    })
    return respondWithTurn(respond, { turn, mode: body.response_mode, detail: 'full', request, reply })
  })
  mount(routes.debugCompletionMessage).to(async ({ actor, params, body, request, reply }) => {
    const arrivedAt = performance.now()
    const app = await getApp(actor.tenantId, params.app_id)
    assertMode(app, ['completion'], 'app_unavailable')
    const turn = await appRuns.start({
      ...askerOf(actor),
      ...body,
      app,
      config: { id: null, value: parseConfig(body.model_config) },
      arrivedAt,
      invokeFrom: 'debugger',
      conversationId: undefined,
      parentMessageId: undefined,
      autoGenerateName: false,
    })
    return respondWithTurn(respond, { turn, mode: body.response_mode, detail: 'full', request, reply })
  })
  for (const route of [routes.stopDebugChatMessage, routes.stopDebugCompletionMessage]) {
    mount(route).to(async ({ actor, params }) => {
      await appRuns.stop(await getApp(actor.tenantId, params.app_id), params.task_id, askerOf(actor))
      return { result: 'success' }
    })
  }
  mount(routes.resumeDebugMessageEvents).to(async ({ actor, params, request, reply }) => {
    const app = await getApp(actor.tenantId, params.app_id)
    const run = await appRuns.getFollowableRun(app, params.message_id, askerOf(actor))
    return respondWithRun(respond, { run, detail: 'full', request, reply })
  })
  mountRunDetail(mount, dependencies)
}

function mountRunDetail(mount: Mount, { db, getApp }: ConsoleRunRouteDependencies): void {
  mount(routes.getRun).to(async ({ actor, params }) => {
    const app = await getApp(actor.tenantId, params.app_id)
    const run = await findRunById(db, params.run_id)
    if (!run || run.app_id !== app.id) throw new AppError('not_found')
    const { count } = await db
      .selectFrom('run_events')
      .select((select) => select.fn.sum<number | null>('event_count').as('count'))
      .where('run_id', '=', run.id)
      .executeTakeFirstOrThrow()
    return {
      id: run.id,
      kind: run.kind,
      status: run.status,
      conversation_id: run.conversation_id,
      message_id: run.message_id,
      error: run.error_code === null ? null : { code: run.error_code, message: run.error ?? '' },
      total_tokens: run.total_tokens,
      event_count: Number(count ?? 0),
      ledger: run.ledger === null ? null : fromJsonText<LatencyLedger>(run.ledger),
      created_at: Math.floor(run.created_at / 1000),
      finished_at: run.finished_at === null ? null : Math.floor(run.finished_at / 1000),
    }
  })
}
