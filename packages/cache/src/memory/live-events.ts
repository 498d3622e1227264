import type { LiveEvents, Logger } from '@trellis/spec'

type Subscriber = (message: string) => void

/** Delivers in a microtask, so that a publisher never runs its readers' code inside its own call. */
export function createMemoryLiveEvents(logger: Logger): { readonly port: LiveEvents; close(): void } {
  const channels = new Map<string, Set<{ readonly deliver: Subscriber }>>()

  function deliver(channel: string, message: string): void {
    for (const subscription of [...(channels.get(channel) ?? [])]) {
      try {
        subscription.deliver(message)
      } catch (error) {
        logger.error({ error, channel }, 'a subscriber of live events threw')
      }
    }
  }

  const port: LiveEvents = {
    async publish(channel, message) {
      if (channels.has(channel)) queueMicrotask(() => deliver(channel, message))
    },
    async subscribe(channel, onMessage) {
      const subscription = { deliver: onMessage }
      const subscribers = channels.get(channel) ?? new Set()
      subscribers.add(subscription)
      channels.set(channel, subscribers)
      return async () => {
        subscribers.delete(subscription)
        if (subscribers.size === 0 && channels.get(channel) === subscribers) channels.delete(channel)
      }
    },
  }
  return { port, close: () => channels.clear() }
}
