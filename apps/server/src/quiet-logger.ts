import { isDependencyAway } from '@trellis/contracts'
import type { Logger } from '@trellis/spec'

type Level = 'warn' | 'error'

interface Outage {
  /** Operators are told that something is away. */
  readonly isOn: boolean
  /** How many there have been. */
  readonly count: number
}

interface Told {
  outage: number
  readonly messages: Set<string>
}

/**
 * A log that keeps short what comes of an absence that is told of already: what cannot be done for want of a server is one line without a stack for
 * each kind, and then a matter of debugging, until the server is back.
 */
export function createQuietLogger(logger: Logger, outage: Outage, told: Told = { outage: 0, messages: new Set() }): Logger {
  const at = (level: Level) => (fields: object, message: string) => {
    const away = outage.isOn && Object.entries(fields).find(([, value]) => isDependencyAway(value))
    if (!away) return logger[level](fields, message)
    if (told.outage !== outage.count) told.messages.clear()
    told.outage = outage.count
    if (told.messages.has(message)) return logger.debug(fields, message)
    told.messages.add(message)
    const [name, error] = away
    logger[level]({ ...fields, [name]: error instanceof Error ? error.message : String(error) }, message)
  }
  return { ...logger, warn: at('warn'), error: at('error'), child: (fields) => createQuietLogger(logger.child(fields), outage, told) }
}
