import { AppError, type AppErrorOptions } from '@trellis/contracts'
import { type Db, fromFlag, toFlag } from '@trellis/db'
import type { Plan, PlanNode } from '@trellis/engine'
import { newId } from '@trellis/kit'
import type { Clock } from '@trellis/spec'
import type { VersionTriggers, WorkflowOwner } from '../workflows/index.ts'
import { nextDue, readSchedule, type Schedule } from './schedule.ts'
import { TriggerConfigError } from './trigger-config-error.ts'
import { insertTrigger, listTriggers, type TriggerRow, updateTrigger } from './triggers.repository.ts'
import { readWebhook } from './webhook-config.ts'
import { newWebhookToken } from './webhook-token.ts'

/** As in Dify (service-api 0.6). */
const WEBHOOKS_AT_MOST = 5

/** What publishing does with the triggers of a graph: those that are new begin, those that are gone end, and each keeps its switch. */
export function createVersionTriggers({ clock }: { readonly clock: Clock }): VersionTriggers {
  return {
    check(mode, plan) {
      const nodes = triggerNodes(plan)
      const [first] = nodes
      if (first && mode !== 'workflow') {
        const message = `the trigger ${nameOf(first)} starts nothing here: triggers are for workflows, a chatflow begins with what is said.`
        throw refusal(message, { refusal: { reason: 'trigger_in_chatflow', values: { trigger: first.title || first.id } } })
      }
      for (const node of nodes) checkNode(node)
      if (nodes.filter(({ type }) => type === 'trigger-webhook').length > WEBHOOKS_AT_MOST) {
        const message = `a workflow has at most ${WEBHOOKS_AT_MOST} webhooks. Remove some, or tell callers apart by a parameter.`
        throw refusal(message, { refusal: { reason: 'webhooks_at_most', values: { limit: WEBHOOKS_AT_MOST } } })
      }
    },
    async publish(db, owner, plan) {
      const nodes = triggerNodes(plan)
      const now = clock.now()
      const known = new Map((await listTriggers(db, owner)).map((row) => [row.node_id, row]))
      for (const node of nodes) await publishNode(db, owner, { node, known: known.get(node.id), now })
      const ids = new Set(nodes.map(({ id }) => id))
      for (const row of known.values()) {
        if (ids.has(row.node_id) || !fromFlag(row.is_published)) continue
        await updateTrigger(db, owner.tenantId, row.id, { is_published: toFlag(false), next_run_at: null, updated_at: now })
      }
    },
  }
}

const triggerNodes = ({ root }: Plan): readonly PlanNode[] => root.nodes.filter(({ isRoot, type }) => isRoot && type.startsWith('trigger-'))
const nameOf = ({ title, id }: PlanNode): string => `"${title || id}"`
const refusal = (message: string, told: Pick<AppErrorOptions, 'refusal' | 'cause'>): AppError =>
  new AppError('invalid_param', { message: `graph: ${message}`, param: 'graph', ...told })

function checkNode(node: PlanNode): void {
  try {
    if (node.type === 'trigger-webhook') readWebhook(node.data)
    else if (node.type === 'trigger-schedule') readSchedule(node.data)
    else throw missingPlugin(node)
  } catch (error) {
    if (!(error instanceof TriggerConfigError)) throw error
    const told = { refusal: error.refusalOf(node.title || node.id), cause: error }
    throw refusal(`the trigger ${nameOf(node)} can start nothing: ${error.message}`, told)
  }
}

/** Events of plugins need the plugin that tells of them. */
export function missingPlugin({ data }: Pick<PlanNode, 'data'>, lead = ''): TriggerConfigError {
  const { plugin_id: plugin, provider_id: provider, event_name: event } = data
  const named = [plugin, provider].find((name) => typeof name === 'string' && name !== '') ?? 'a plugin'
  const waits = `it waits for ${typeof event === 'string' && event !== '' ? `the event ${event}` : 'an event'} of ${named}, which is not installed.`
  const message = `${lead}${waits} Plugins come with a later version of Trellis: remove the trigger, or use a webhook.`
  return new TriggerConfigError(message, { reason: 'trigger_plugin', values: {} })
}

async function publishNode(
  db: Db,
  { tenantId, appId, accountId }: WorkflowOwner,
  { node, known, now }: { readonly node: PlanNode; readonly known: TriggerRow | undefined; readonly now: number },
): Promise<void> {
  const schedule = node.type === 'trigger-schedule' ? readSchedule(node.data) : undefined
  const isEnabled = known ? fromFlag(known.is_enabled) : true
  const published = {
    kind: schedule ? ('schedule' as const) : ('webhook' as const),
    title: node.title,
    token: schedule ? (known?.token ?? null) : (known?.token ?? newWebhookToken()),
    cron: schedule?.cron ?? null,
    timezone: schedule?.timezone ?? null,
    is_published: toFlag(true),
    next_run_at: schedule && isEnabled ? dueAfterPublishing(schedule, known, now) : null,
    updated_at: now,
  }
  if (known) await updateTrigger(db, tenantId, known.id, published)
  else {
    const identity = { id: newId(), tenant_id: tenantId, app_id: appId, node_id: node.id }
    await insertTrigger(db, { ...published, ...identity, is_enabled: toFlag(true), created_by: accountId, created_at: now })
  }
}

/** A schedule that stays what it was stays due when it was: publishing must not swallow a run that is just being started. */
function dueAfterPublishing(schedule: Schedule, known: TriggerRow | undefined, now: number): number | null {
  const isSame = known?.cron === schedule.cron && known.timezone === schedule.timezone
  return (isSame ? known.next_run_at : null) ?? nextDue(schedule, now) ?? null
}
