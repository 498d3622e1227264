import { createHash } from 'node:crypto'
import type { RedisConnection } from './redis-connection.ts'
import { translatingErrors } from './redis-error.ts'

/** A Lua script over one key (so that a cluster can route it), sent by its digest once the server knows it. */
export interface RedisScript {
  run(connection: RedisConnection, key: string, args: readonly (string | number)[]): Promise<unknown>
}

export function createRedisScript(source: string): RedisScript {
  const digest = createHash('sha1').update(source).digest('hex')
  async function evaluate(connection: RedisConnection, key: string, args: readonly (string | number)[]): Promise<unknown> {
    try {
      return await connection.evalsha(digest, 1, key, ...args)
    } catch (error) {
      if (error instanceof Error && error.message.startsWith('NOSCRIPT')) return connection.eval(source, 1, key, ...args)
      throw error
    }
  }
  return { run: (connection, key, args) => translatingErrors(evaluate(connection, key, args)) }
}
