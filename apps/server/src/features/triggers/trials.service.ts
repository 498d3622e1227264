import { AppError } from '@trellis/contracts'
import type { AppsTable } from '@trellis/db'
import type { Cache, Clock } from '@trellis/spec'
import type { Dict } from '@trellis/values'
import { findNodeData, type RunnableWorkflow } from '../workflows/index.ts'
import { nextDue, readSchedule } from './schedule.ts'
import type { TrialEvent, TrialEvents } from './trial-events.ts'
import { TriggerConfigError } from './trigger-config-error.ts'
import { missingPlugin } from './version-triggers.ts'
import { readWebhook } from './webhook-config.ts'

export interface TrialRequest {
  readonly app: AppsTable
  /** The draft. */
  readonly workflow: RunnableWorkflow
  readonly nodeIds: readonly string[]
  /** Whether a schedule's time is waited for; without, it is due at once. */
  readonly awaitsTime: boolean
}

export interface TriggerTrials {
  /**
   * What begins a trial of a draft; undefined while it is waited for: ask again. Who asks no more waits no more, a minute and a half later.
   * @throws AppError `not_found` for what is no trigger of the draft, `invalid_param` for none
   * @throws TriggerConfigError where a trigger could never begin anything
   */
  findEvent(request: TrialRequest): Promise<TrialEvent | undefined>
}

const REMEMBERED_MS = 90_000

export function createTriggerTrials({
  clock,
  cache,
  events,
}: {
  readonly clock: Clock
  readonly cache: Cache
  readonly events: TrialEvents
}): TriggerTrials {
  /** Whether the time has come that was next when waiting began. */
  const isDue = async (appId: string, nodeId: string, data: Dict): Promise<boolean> => {
    const schedule = readSchedule(data)
    const key = `trigger-trial:due:${appId}:${nodeId}:${schedule.cron}:${schedule.timezone}`
    const known = await cache.get(key)
    const dueAt = known === undefined ? nextDue(schedule, clock.now()) : Number(known)
    if (dueAt !== undefined && dueAt <= clock.now()) {
      await cache.delete(key)
      return true
    }
    await cache.set(key, String(dueAt), { ttlMs: REMEMBERED_MS })
    return false
  }
  return {
    async findEvent({ app, workflow, nodeIds, awaitsTime }) {
      if (nodeIds.length === 0) throw new AppError('invalid_param', { message: 'node_ids: name at least one trigger.', param: 'node_ids' })
      const nodes = nodeIds.map((nodeId) => [nodeId, readTrigger(workflow, nodeId)] as const)
      const webhooks = nodes.filter(([, data]) => data['type'] === 'trigger-webhook').map(([nodeId]) => nodeId)
      for (const [nodeId, data] of nodes) {
        if (data['type'] !== 'trigger-schedule') continue
        if (awaitsTime && !(await isDue(app.id, nodeId, data))) continue
        await events.leave(app.id, webhooks)
        return { nodeId, event: {} }
      }
      return webhooks.length === 0 ? undefined : events.fetch(app.id, webhooks)
    },
  }
}

function readTrigger({ graph }: RunnableWorkflow, nodeId: string): Dict {
  const data = findNodeData(graph, nodeId)
  try {
    return assertTrigger(data, nodeId)
  } catch (error) {
    if (!(error instanceof TriggerConfigError)) throw error
    const title = data?.['title']
    throw new TriggerConfigError(error.message, error.refusalOf(typeof title === 'string' && title !== '' ? title : nodeId))
  }
}

function assertTrigger(data: Dict | undefined, nodeId: string): Dict {
  switch (data?.['type']) {
    case 'trigger-webhook':
      readWebhook(data)
      return data
    case 'trigger-schedule':
      readSchedule(data)
      return data
    case 'trigger-plugin':
      throw missingPlugin({ data }, 'The trigger can begin nothing: ')
    default:
      throw new AppError('not_found', { message: `The draft has no trigger "${nodeId}". Save it first.` })
  }
}
