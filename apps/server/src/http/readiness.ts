import type { Readiness } from '@trellis/contracts'
import type { Platform } from '../platform.ts'

export interface ReadinessDependencies {
  readonly platform: Pick<Platform, 'database' | 'cache' | 'queue' | 'logger' | 'isToldAway'>
  /** False while the process starts or stops. */
  readonly isServing: () => boolean
}

/** Whether the process can do its work. Anybody may ask: why something does not answer, with its addresses, stands in the log. */
export async function readReadiness({ platform, isServing }: ReadinessDependencies): Promise<Readiness> {
  const parts = { database: platform.database, cache: platform.cache, queue: platform.queue }
  const results = await Promise.all(
    Object.entries(parts).map(async ([name, part]) => {
      try {
        await part.check()
        return [name, { ok: true, message: null }] as const
      } catch (error) {
        platform.logger[platform.isToldAway(error) ? 'debug' : 'warn']({ err: error, part: name }, 'A part of the server does not answer')
        return [name, { ok: false, message: 'It does not answer. The reason stands in the log.' }] as const
      }
    }),
  )
  const checks = Object.fromEntries(results)
  return { status: isServing() && results.every(([, check]) => check.ok) ? 'ready' : 'not_ready', checks }
}
