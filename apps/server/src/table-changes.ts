import { newId } from '@trellis/kit'
import type { LiveEvents, Logger } from '@trellis/spec'
import { z } from 'zod'

/** Tells who keeps rows in memory when tables change, whichever process changed them. */
export interface TableChanges {
  /** This process has committed changes of these tables. */
  committed(tables: ReadonlySet<string>): void
  /** Calls back at each change of one of the tables: one of this process at once, one of another as soon as its word arrives. */
  listen(tables: readonly string[], onChange: () => void): void
  /** From now on changes are told to other processes, and theirs are heard. */
  connect(liveEvents: LiveEvents): Promise<void>
}

const CHANNEL = 'tables-changed'
const changeMessage = z.object({ from: z.string(), tables: z.array(z.string()) })

/** Failures whose cause is told elsewhere are for whoever looks closely. */
export function createTableChanges(logger: Logger, isToldAway: (error: unknown) => boolean = () => false): TableChanges {
  const id = newId()
  const listeners = new Map<string, Set<() => void>>()
  let publish: (tables: readonly string[]) => void = () => undefined
  const call = (tables: Iterable<string>): void => {
    for (const table of tables) for (const onChange of listeners.get(table) ?? []) onChange()
  }
  return {
    committed(tables) {
      const heard = [...tables].filter((table) => listeners.has(table))
      if (heard.length === 0) return
      call(heard)
      publish(heard)
    },
    listen(tables, onChange) {
      for (const table of tables) listeners.set(table, (listeners.get(table) ?? new Set()).add(onChange))
    },
    async connect(liveEvents) {
      await liveEvents.subscribe(CHANNEL, (text) => {
        const message = changeMessage.safeParse(JSON.parse(text)).data
        if (message && message.from !== id) call(message.tables)
      })
      publish = (tables) =>
        void liveEvents
          .publish(CHANNEL, JSON.stringify({ from: id, tables }))
          // What others keep grows old soon.
          .catch((error: unknown) =>
            logger[isToldAway(error) ? 'debug' : 'warn']({ err: error, tables }, 'Other processes were not told of a change'),
          )
    },
  }
}
