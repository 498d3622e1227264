import type { LiveEvents, Logger } from '@trellis/spec'
import { Cluster } from 'ioredis'
import type { RedisConnection } from './redis-connection.ts'
import { translatingErrors } from './redis-error.ts'
import { createRedisScript } from './redis-script.ts'

interface Channel {
  readonly subscribers: Set<{ readonly deliver: (message: string) => void }>
  /** Settles when the server knows of the subscription. */
  ready: Promise<unknown>
}

// As a script a message goes to the node of its channel; a plain PUBLISH goes to any, by which the order is lost.
const publishAtItsNode = createRedisScript("return redis.call('publish', KEYS[1], ARGV[1])")

/**
 * Publishes on one connection and listens on another, which subscribes again by itself after a break;
 * what was published during the break is lost.
 */
export function createRedisLiveEvents(
  { publisher, subscriber }: { readonly publisher: RedisConnection; readonly subscriber: RedisConnection },
  prefix: string,
  logger: Logger,
): LiveEvents {
  const channels = new Map<string, Channel>()
  const toName = (channel: string): string => `${prefix}live:${channel}`

  subscriber.on('message', (name: string, message: string) => {
    for (const subscription of [...(channels.get(name)?.subscribers ?? [])]) {
      try {
        subscription.deliver(message)
      } catch (error) {
        logger.error({ error, channel: name }, 'a subscriber of live events threw')
      }
    }
  })

  function open(name: string): Channel {
    const known = channels.get(name)
    if (known) return known
    const channel: Channel = { subscribers: new Set(), ready: translatingErrors(subscriber.subscribe(name)) }
    channels.set(name, channel)
    return channel
  }

  async function leave(name: string, channel: Channel): Promise<void> {
    if (channel.subscribers.size > 0 || channels.get(name) !== channel) return
    channels.delete(name)
    await translatingErrors(subscriber.unsubscribe(name))
  }

  return {
    async publish(channel, message) {
      const name = toName(channel)
      if (publisher instanceof Cluster) await publishAtItsNode.run(publisher, name, [message])
      else await translatingErrors(publisher.publish(name, message))
    },
    async subscribe(channelName, onMessage) {
      const name = toName(channelName)
      const channel = open(name)
      const subscription = { deliver: onMessage }
      channel.subscribers.add(subscription)
      try {
        await channel.ready
      } catch (error) {
        channel.subscribers.delete(subscription)
        if (channels.get(name) === channel) channels.delete(name)
        throw error
      }
      return async () => {
        if (channel.subscribers.delete(subscription)) await leave(name, channel)
      }
    },
  }
}
