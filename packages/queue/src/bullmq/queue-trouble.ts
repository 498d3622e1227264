import type { Logger } from '@trellis/spec'

/** Tells of what BullMQ met of its own: failures of its work with Redis, not of jobs. */
export type TellTrouble = (error: Error, queue: string) => void

/**
 * Each connection of each queue reports each attempt to reach a Redis that is away: hundreds of times in a minute, what is told once
 * elsewhere. Such reports are for whoever looks closely; the others are for everybody.
 */
export function createTroubleTeller(logger: Logger, isAway: () => boolean): TellTrouble {
  return (error, queue) => {
    if (isAway() || isLostConnection(error)) logger.debug({ error, queue }, 'the job queue waits for Redis')
    else logger.error({ error, queue }, 'the job queue has trouble with Redis; it goes on by itself')
  }
}

const codes = /^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_)/
const names: ReadonlySet<string> = new Set(['MaxRetriesPerRequestError', 'ClusterAllFailedError'])
const messages = /Connection is closed|Command timed out|Stream isn't writeable|All sentinels are unreachable|ECONNREFUSED/

/** Also where the connection's own word has yet to come. */
function isLostConnection(error: Error): boolean {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return codes.test(code) || names.has(error.name) || messages.test(error.message)
}
