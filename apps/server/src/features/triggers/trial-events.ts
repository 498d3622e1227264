import type { Cache } from '@trellis/spec'
import { dumpJson, isDict, parseJson, type Value } from '@trellis/values'

/** What a trigger gives to its node. */
export type TriggerEvent = Readonly<Record<string, Value>>

export interface TrialEvent {
  readonly nodeId: string
  readonly event: TriggerEvent
}

/**
 * Events for whoever tries a draft and waits for one. Waiting is asking again and again, from any process: who asks no more has stopped
 * waiting a while later, and an event that nobody fetched is gone by then.
 */
export interface TrialEvents {
  /** The event that came for one of the nodes; where there is none, it is waited for from now on. */
  fetch(appId: string, nodeIds: readonly string[]): Promise<TrialEvent | undefined>
  /** Waiting is over, such as because another trigger was first. */
  leave(appId: string, nodeIds: readonly string[]): Promise<void>
  isAwaited(appId: string, nodeId: string): Promise<boolean>
  /** Hands an event to whoever waits; false where nobody does any more. */
  deliver(appId: string, nodeId: string, event: TriggerEvent): Promise<boolean>
}

/** Longer than a minute, because browsers let pages in the background ask no more often. */
const WAITING_MS = 90_000

const waitingKey = (appId: string, nodeId: string): string => `trigger-trial:waiting:${appId}:${nodeId}`
const eventKey = (appId: string, nodeId: string): string => `trigger-trial:event:${appId}:${nodeId}`

export function createTrialEvents(cache: Cache): TrialEvents {
  const leave: TrialEvents['leave'] = async (appId, nodeIds) => {
    await Promise.all(nodeIds.map((nodeId) => cache.delete(waitingKey(appId, nodeId))))
  }
  return {
    leave,
    async fetch(appId, nodeIds) {
      for (const nodeId of nodeIds) {
        const text = await cache.take(eventKey(appId, nodeId))
        if (text === undefined) continue
        await leave(appId, nodeIds)
        const event = parseJson(text)
        // Written by `deliver`.
        return { nodeId, event: isDict(event) ? event : {} }
      }
      await Promise.all(nodeIds.map((nodeId) => cache.set(waitingKey(appId, nodeId), '1', { ttlMs: WAITING_MS })))
      return undefined
    },
    isAwaited: async (appId, nodeId) => (await cache.get(waitingKey(appId, nodeId))) !== undefined,
    async deliver(appId, nodeId, event) {
      // Whoever waits gets one event: the next call finds nobody, until they wait again.
      if ((await cache.take(waitingKey(appId, nodeId))) === undefined) return false
      await cache.set(eventKey(appId, nodeId), dumpJson(event), { ttlMs: WAITING_MS })
      return true
    },
  }
}
