import { type Db, inTransaction } from '@trellis/db'
import { newId } from '@trellis/kit'
import type { Clock, Logger } from '@trellis/spec'
import { Book, type Held, nothingHeld } from './book.ts'
import {
  type BookKey,
  deleteHolds,
  findBook,
  listHolds,
  lockBook,
  openBook,
  renewHolds,
  writeBook,
  writeHold,
} from './budget-books.repository.ts'
import { type BudgetWindow, windowOf } from './budget-window.ts'
import { type BudgetRow, listBudgetsById } from './budgets.repository.ts'

/** What a call holds until it is settled. */
export interface Reservation extends Held {
  readonly keys: readonly BookKey[]
}

/** Why there is none. */
export interface Refusal {
  readonly budget: BudgetRow
  readonly window: BudgetWindow
  readonly usedNano: number
  /** By calls under way. */
  readonly reservedNano: number
  /** What the call may come to. */
  readonly askedNano: number
}

export interface BudgetDesk {
  /** Reserves with all of the budgets, or with none. */
  reserve(budgets: readonly BudgetRow[], held: Held): Promise<{ readonly reservation: Reservation } | { readonly refusal: Refusal }>
  settle(reservation: Reservation, usedNano: number): void
  /** Waits for what has been handed in. */
  close(): Promise<void>
}

export interface BudgetDeskDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly logger: Logger
  /** Nano-dollars that the budget's calls have cost since a time. */
  readonly spentSince: (db: Db, budget: BudgetRow, since: number) => Promise<number>
}

type Reserve = {
  readonly type: 'reserve'
  readonly budgets: readonly BudgetRow[]
  readonly held: Held
  readonly resolve: (answer: { readonly reservation: Reservation } | { readonly refusal: Refusal }) => void
  readonly reject: (error: unknown) => void
}
type Settle = { readonly type: 'settle'; readonly reservation: Reservation; readonly usedNano: number }

/** After this long without a sign of life, what a process holds comes back. */
const LEASE_MS = 60_000
const RENEWAL_MS = 15_000
const AT_ONCE = 500
const RETRY_MS = 1_000
const MOST_RETRIES_AT_CLOSE = 3

/**
 * Reserves and settles, in groups: whatever arrives while a transaction is under way shares the next, so that a busy budget costs a few
 * statements a group. Each window is a row that is locked while it is looked at and changed, in one order for all: whichever process
 * reserves, none spends what another has.
 */
export function createBudgetDesk({ db, clock, logger, spentSince }: BudgetDeskDependencies): BudgetDesk {
  const holderId = newId()
  /** What calls of this process hold, by window. */
  const open = new Map<string, Held>()
  let pending: (Reserve | Settle)[] = []
  let working: Promise<void> | undefined
  let renewal: NodeJS.Timeout | undefined
  let isRenewalDue = false
  let retry: NodeJS.Timeout | undefined

  const carryOut = async (group: readonly (Reserve | Settle)[]): Promise<boolean> => {
    try {
      const { books, answers } = await inTransaction(db, (db) => work(db, group, { holderId, open, now: clock.now(), spentSince }))
      for (const [id, { held }] of books) {
        if (held.reservedNano > 0) open.set(id, held)
        else open.delete(id)
      }
      for (const answer of answers) answer()
      return true
    } catch (error) {
      logger.error({ err: error }, 'Budgets could not be kept: calls that they cover are refused until they can')
      for (const operation of group) if (operation.type === 'reserve') operation.reject(error)
      pending = [...group.filter(({ type }) => type === 'settle'), ...pending]
      return false
    }
  }
  // Between groups, never beside one: both change the same rows.
  const renew = async (): Promise<void> => {
    isRenewalDue = false
    await renewHolds(db, holderId, clock.now() + LEASE_MS).catch((error: unknown) =>
      logger.warn({ err: error }, 'What calls under way hold of budgets could not be renewed'),
    )
  }
  const drain = async (): Promise<void> => {
    if (isRenewalDue) await renew()
    while (pending.length > 0) {
      if (await carryOut(pending.splice(0, AT_ONCE))) continue
      // Settlements wait for the database; who would reserve meanwhile is told at once.
      retry ??= setTimeout(() => {
        retry = undefined
        start()
      }, RETRY_MS).unref()
      break
    }
  }
  const start = (): void => {
    working ??= new Promise((resolve) => setImmediate(resolve)).then(drain).finally(() => {
      working = undefined
      // Handed in behind the last look.
      if (pending.length > 0 && !retry) start()
      keepAlive()
    })
  }
  const keepAlive = (): void => {
    if (renewal || open.size === 0) return
    renewal = setTimeout(() => {
      renewal = undefined
      isRenewalDue = true
      start()
    }, RENEWAL_MS).unref()
  }
  return {
    reserve: (budgets, held) =>
      new Promise((resolve, reject) => {
        pending.push({ type: 'reserve', budgets, held, resolve, reject })
        start()
      }),
    settle(reservation, usedNano) {
      pending.push({ type: 'settle', reservation, usedNano })
      start()
    },
    async close() {
      for (let attempt = 0; attempt < MOST_RETRIES_AT_CLOSE && (working || pending.length > 0); attempt++) {
        start()
        await working
      }
      clearTimeout(renewal)
      clearTimeout(retry)
    },
  }
}

interface Ground {
  readonly holderId: string
  readonly open: ReadonlyMap<string, Held>
  readonly now: number
  readonly spentSince: BudgetDeskDependencies['spentSince']
}

/** One group in one transaction. What comes back is settled before anything is reserved. */
async function work(db: Db, group: readonly (Reserve | Settle)[], ground: Ground) {
  const settles = group.filter((operation) => operation.type === 'settle')
  const reserves = group.filter((operation) => operation.type === 'reserve')
  const budgetIds = new Set(reserves.flatMap(({ budgets }) => budgets.map(({ id }) => id)))
  // As they are now: what a caller remembers of them may be seconds old.
  const budgets = new Map((await listBudgetsById(db, [...budgetIds])).map((budget) => [budget.id, budget]))
  const windows = new Map([...budgets].map(([id, budget]) => [id, windowOf(budget, ground.now)]))
  const asked = [...windows].map(([budgetId, { startsAt }]): BookKey => ({ budgetId, startsAt }))
  const books = await openBooks(db, [...asked, ...settles.flatMap(({ reservation }) => reservation.keys)], { ...ground, budgets })
  for (const { reservation, usedNano } of settles) {
    for (const key of reservation.keys) books.get(idOf(key))?.settle(reservation, usedNano)
  }
  const answers = reserves.map((reserve) => {
    const answer = decide(reserve, { budgets, windows, books })
    return () => reserve.resolve(answer)
  })
  for (const [id, book] of books) await keepBook(db, keyOf(id), { book, holderId: ground.holderId, now: ground.now })
  return { books, answers }
}

const idOf = ({ budgetId, startsAt }: BookKey): string => `${budgetId} ${startsAt}`
function keyOf(id: string): BookKey {
  const [budgetId = '', startsAt] = id.split(' ')
  return { budgetId, startsAt: Number(startsAt) }
}

/** Locks the windows in order and reads them. That of a budget that is gone has none. */
async function openBooks(
  db: Db,
  keys: readonly BookKey[],
  { holderId, open, now, spentSince, budgets }: Ground & { readonly budgets: ReadonlyMap<string, BudgetRow> },
): Promise<Map<string, Book>> {
  const books = new Map<string, Book>()
  for (const id of [...new Set(keys.map(idOf))].sort()) {
    const key = keyOf(id)
    const budget = budgets.get(key.budgetId)
    if (!(await lockBook(db, key))) {
      if (!budget) continue
      // What was spent in this day or month before there was a budget counts as well.
      await openBook(db, key, await spentSince(db, budget, key.startsAt))
      await lockBook(db, key)
    }
    const [found, holds] = [await findBook(db, key), await listHolds(db, key)]
    const stored = { usedNano: found?.used_nano ?? 0, refusedCalls: found?.refused_calls ?? 0, holds }
    books.set(id, new Book(stored, { holderId, now, held: open.get(id) ?? nothingHeld }))
  }
  return books
}

function decide(
  { budgets: wanted, held }: Reserve,
  ground: {
    readonly budgets: ReadonlyMap<string, BudgetRow>
    readonly windows: ReadonlyMap<string, BudgetWindow>
    readonly books: ReadonlyMap<string, Book>
  },
): { readonly reservation: Reservation } | { readonly refusal: Refusal } {
  const entries = wanted.flatMap(({ id }) => {
    const [budget, window] = [ground.budgets.get(id), ground.windows.get(id)]
    const key = window && { budgetId: id, startsAt: window.startsAt }
    const book = key && ground.books.get(idOf(key))
    return budget && book ? [{ budget, window, key, book }] : []
  })
  const short = entries.find(({ budget, book }) => budget.stops === 1 && !book.covers(budget.amount_nano, held.reservedNano))
  if (short) {
    const { budget, window, book } = short
    book.refusedCalls += 1
    return { refusal: { budget, window, usedNano: book.usedNano, reservedNano: book.reservedNano, askedNano: held.reservedNano } }
  }
  for (const { book } of entries) book.hold(held)
  return { reservation: { ...held, keys: entries.map(({ key }) => key) } }
}

async function keepBook(
  db: Db,
  key: BookKey,
  { book, holderId, now }: { readonly book: Book; readonly holderId: string; readonly now: number },
): Promise<void> {
  const { held, gone } = book
  await writeBook(db, key, book)
  if (held.reservedNano > 0) {
    await writeHold(db, key, {
      holder_id: holderId,
      reserved_nano: held.reservedNano,
      sent_nano: held.sentNano,
      expires_at: now + LEASE_MS,
    })
  }
  await deleteHolds(db, key, held.reservedNano > 0 ? gone : [...gone, holderId])
}
