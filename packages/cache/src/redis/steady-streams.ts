import { SentinelConnector, StandaloneConnector } from 'ioredis/built/connectors/index.js'

/**
 * ioredis listens to a connection for its first error only. A TLS connection that is closed in mid-handshake can tell of a second
 * one (its own, then the server's alert), which nobody would hear and which would end the process. The first is enough for ioredis
 * (https://github.com/redis/ioredis/pull/962, never taken), so the others are dropped here. Its option `Connector` would not do:
 * the connections that it makes for itself (to Sentinels, and for the subscriptions of a cluster) do not pass it on.
 */
for (const { prototype } of [StandaloneConnector, SentinelConnector]) {
  const { connect } = prototype
  prototype.connect = async function (...args) {
    const stream = await connect.apply(this, args)
    stream.on('error', () => undefined)
    return stream
  }
}
