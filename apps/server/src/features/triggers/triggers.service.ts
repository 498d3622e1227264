import { AppError } from '@trellis/contracts'
import type { AppsTable } from '@trellis/db'
import { type Db, fromFlag, inTransaction, toFlag } from '@trellis/db'
import { newId } from '@trellis/kit'
import type { Clock } from '@trellis/spec'
import type { Apps } from '../apps/index.ts'
import { findNodeData, type WorkflowOwner, type Workflows } from '../workflows/index.ts'
import { nextDue } from './schedule.ts'
import { findTriggerOfNode, insertTrigger, listTriggers, type TriggerRow, updateTrigger } from './triggers.repository.ts'
import { newWebhookToken } from './webhook-token.ts'

export interface TriggerService {
  /** Those of the version that callers get, oldest first. @throws `app_not_found` */
  list(tenantId: string, appId: string): Promise<readonly TriggerRow[]>
  /** Lets a trigger start runs, or no more. @throws `app_not_found`, `not_found` */
  setEnabled(owner: WorkflowOwner, triggerId: string, isEnabled: boolean): Promise<TriggerRow>
  /**
   * The address of a webhook node, made when it is first asked for: before anything is published, because a draft is tried with it.
   * @throws `app_not_found`, `not_found`
   */
  getWebhook(owner: WorkflowOwner, nodeId: string): Promise<TriggerRow>
}

export interface TriggerServiceDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly apps: Pick<Apps, 'getApp' | 'lockApp'>
  readonly workflows: Pick<Workflows, 'readDocument'>
}

export function createTriggerService({ db, clock, apps, workflows }: TriggerServiceDependencies): TriggerService {
  return {
    async list(tenantId, appId) {
      await getTriggeredApp(apps, tenantId, appId)
      return listPublished(db, { tenantId, appId })
    },
    async setEnabled({ tenantId, appId }, triggerId, isEnabled) {
      await getTriggeredApp(apps, tenantId, appId)
      return inTransaction(db, async (db) => {
        // A version that is published meanwhile may not have it any more: it must not become due again.
        await apps.lockApp(db, tenantId, appId)
        const trigger = (await listPublished(db, { tenantId, appId })).find(({ id }) => id === triggerId)
        if (!trigger) throw new AppError('not_found', { message: 'The published version has no such trigger.' })
        if (fromFlag(trigger.is_enabled) === isEnabled) return trigger
        const now = clock.now()
        const change = { is_enabled: toFlag(isEnabled), next_run_at: isEnabled ? dueFrom(trigger, now) : null, updated_at: now }
        await updateTrigger(db, tenantId, triggerId, change)
        return { ...trigger, ...change }
      })
    },
    async getWebhook({ tenantId, appId, accountId }, nodeId) {
      await getTriggeredApp(apps, tenantId, appId)
      const known = await findTriggerOfNode(db, { tenantId, appId, nodeId })
      if (known?.kind === 'webhook') return known
      const { graph } = await workflows.readDocument(tenantId, { appId, workflowId: undefined })
      if (findNodeData(graph, nodeId)?.['type'] !== 'trigger-webhook') {
        throw new AppError('not_found', { message: `The draft has no webhook "${nodeId}". Add the node and save the draft first.` })
      }
      return inTransaction(db, async (db) => {
        // Publishing makes addresses too.
        await apps.lockApp(db, tenantId, appId)
        return (await findTriggerOfNode(db, { tenantId, appId, nodeId })) ?? insertDraftWebhook(db, { tenantId, appId, accountId, nodeId })
      })
    },
  }

  async function insertDraftWebhook(db: Db, place: WorkflowOwner & { readonly nodeId: string }): Promise<TriggerRow> {
    const now = clock.now()
    const row: TriggerRow = {
      id: newId(),
      tenant_id: place.tenantId,
      app_id: place.appId,
      node_id: place.nodeId,
      kind: 'webhook',
      title: '',
      token: newWebhookToken(),
      cron: null,
      timezone: null,
      is_published: toFlag(false),
      is_enabled: toFlag(true),
      next_run_at: null,
      created_by: place.accountId,
      created_at: now,
      updated_at: now,
    }
    await insertTrigger(db, row)
    return row
  }
}

const listPublished = async (db: Db, place: { readonly tenantId: string; readonly appId: string }): Promise<readonly TriggerRow[]> =>
  (await listTriggers(db, place)).filter(({ is_published: isPublished }) => fromFlag(isPublished))

const dueFrom = ({ cron, timezone }: TriggerRow, now: number): number | null =>
  cron === null || timezone === null ? null : (nextDue({ cron, timezone }, now) ?? null)

/** @throws `app_not_found`, for apps of other modes as for none */
export async function getTriggeredApp(apps: Pick<Apps, 'getApp'>, tenantId: string, appId: string): Promise<AppsTable> {
  const app = await apps.getApp(tenantId, appId)
  if (app.mode === 'workflow') return app
  throw new AppError('app_not_found', { message: `This app is of the mode "${app.mode}", which has no triggers.` })
}
