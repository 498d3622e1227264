import { AppError } from '@trellis/contracts'
import type { AbsenceWatch } from '@trellis/db'
import type { Logger } from '@trellis/spec'

/** The absence of the database's server, as operators and callers are told of it. */
export interface DatabaseOutage extends AbsenceWatch {
  /** It is away, and operators are told so. */
  readonly isOn: boolean
  /** How often it has gone. */
  readonly count: number
}

/**
 * One line when the server goes and one when it is back, however often it was asked for in between. One that was never there is told of by whoever
 * starts the process.
 */
export function createDatabaseOutage(logger: Logger, address: string): DatabaseOutage {
  let wasThere = false
  let lostAt: number | undefined
  let count = 0
  return {
    get isOn() {
      return lostAt !== undefined
    },
    get count() {
      return count
    },
    lost(error) {
      if (!wasThere || lostAt !== undefined) return
      lostAt = performance.now()
      count += 1
      logger.error(
        { database: address, reason: reasonOf(error) },
        'PostgreSQL cannot be reached. Start it, or correct the settings that say where it is (DB_*). Until then what needs it is refused or waits; this process goes on by itself when it is back',
      )
    },
    found() {
      wasThere = true
      if (lostAt === undefined) return
      logger.info({ database: address, seconds: Math.round((performance.now() - lostAt) / 100) / 10 }, 'PostgreSQL is back')
      lostAt = undefined
    },
    translate: (cause) =>
      new AppError('dependency_unavailable', {
        message: 'The server cannot reach its database (PostgreSQL) at the moment. Try again shortly.',
        refusal: { reason: 'database_away', values: {} },
        retryAfterSeconds: 1,
        cause,
      }),
  }
}

/** For operators: what the driver met, also where callers are told less. Of several addresses tried at once there are several reasons. */
export function reasonOf(error: unknown): string {
  if (AppError.is(error) && error.cause !== undefined) return reasonOf(error.cause)
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ')
  return error instanceof Error ? error.message || String(error) : String(error)
}
