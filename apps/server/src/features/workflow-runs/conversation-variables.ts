import type { RunEvent } from '@trellis/contracts'
import type { Db } from '@trellis/db'
import { dumpJson, parseJson, type Value } from '@trellis/values'
import { Variable, type VariableType } from '@trellis/variables'
import {
  type ConversationVariableRow,
  insertConversationVariables,
  setConversationVariable,
  setConversationVariableOfRun,
} from '../conversations/index.ts'
import type { RunnableWorkflow } from '../workflows/index.ts'

/** A variable of a conversation as a run begins with it. */
export interface HeldVariable {
  readonly id: string
  readonly name: string
  readonly type: VariableType
  readonly value: Value
}

export interface HeldVariables {
  readonly all: readonly HeldVariable[]
  /** Those that the conversation has no row of yet. */
  readonly fresh: readonly HeldVariable[]
}

/**
 * What the conversation has, which wins, and what the workflow has gained since, with its initial value (workflow spec 1.6). `given` are
 * values that a trial begins with in place of both.
 */
export function holdVariables(
  { conversationVariables }: RunnableWorkflow,
  rows: readonly ConversationVariableRow[],
  given: readonly HeldVariable[] = [],
): HeldVariables {
  const stored = rows.map(
    (row): HeldVariable => ({
      id: row.variable_id,
      name: row.name,
      // Rows are written from declared variables.
      type: row.value_type as VariableType,
      value: parseJson(row.value),
    }),
  )
  const known = new Set(stored.map(({ id }) => id))
  const fresh = conversationVariables
    .filter(({ id }) => !known.has(id))
    .map(({ id, name, declaredType, variable }): HeldVariable => ({ id, name, type: declaredType, value: variable.value }))
  const place = (variable: HeldVariable): HeldVariable => given.find(({ id }) => id === variable.id) ?? variable
  return { all: [...stored, ...fresh].map(place), fresh: fresh.map(place) }
}

export const toConversation = (held: readonly HeldVariable[]): ReadonlyMap<string, Variable> =>
  new Map(held.map(({ name, type, value }) => [name, new Variable(value, type)]))

export interface KeeperOptions {
  readonly db: Db
  readonly now: () => number
  readonly run: { readonly id: string; readonly epoch: number; readonly tenantId: string; readonly appId: string }
  readonly conversationId: string
  readonly variables: HeldVariables
  /** A write failed; what it should have written goes with the run's end. */
  readonly onFault: (error: unknown) => void
}

/** Keeps what a run changes of its conversation's variables: at once, whatever becomes of the run. */
export class VariableKeeper {
  readonly #options: KeeperOptions
  readonly #idOf: ReadonlyMap<string, string>
  /** Changes that are not known to be stored, by variable. */
  readonly #unwritten = new Map<string, string>()
  #isAccepted: boolean
  #isWriting = false

  /** `isAccepted`: the run's rows are there already. */
  constructor(options: KeeperOptions, isAccepted: boolean) {
    this.#options = options
    this.#isAccepted = isAccepted
    this.#idOf = new Map(options.variables.all.map(({ id, name }) => [name, id]))
  }

  see(event: RunEvent): void {
    if (event.type !== 'variable-update' || event.selector[0] !== 'conversation') return
    const id = this.#idOf.get(event.selector[1] ?? '')
    if (id === undefined) return
    // The engine made it.
    this.#unwritten.set(id, dumpJson((event.value ?? null) as Value))
    if (this.#isAccepted) void this.#write()
  }

  /** The rows that the run comes with, in the transaction that accepts it. */
  async accept(db: Db): Promise<void> {
    const { run, conversationId, variables, now } = this.#options
    const at = now()
    await insertConversationVariables(
      db,
      variables.fresh.map(({ id, name, type, value }) => ({
        conversation_id: conversationId,
        variable_id: id,
        tenant_id: run.tenantId,
        app_id: run.appId,
        name,
        value_type: type,
        value: dumpJson(value),
        created_at: at,
        updated_at: at,
      })),
    )
    await this.#flush(db)
    this.#isAccepted = true
  }

  /** What is left to be written, in the transaction that ends the run. */
  finish(db: Db): Promise<void> {
    return this.#flush(db)
  }

  async #flush(db: Db): Promise<void> {
    for (const change of this.#changes()) await setConversationVariable(db, change)
  }

  /** One write at a time, as long as there is something. What finds no row yet is written with the run's end. */
  async #write(): Promise<void> {
    if (this.#isWriting) return
    this.#isWriting = true
    const { db, run, onFault } = this.#options
    try {
      for (let isStored = true; isStored && this.#unwritten.size > 0; ) {
        for (const change of this.#changes()) {
          isStored = await setConversationVariableOfRun(db, change, run)
          if (isStored && this.#unwritten.get(change.variableId) === change.value) this.#unwritten.delete(change.variableId)
        }
      }
    } catch (error) {
      onFault(error)
    } finally {
      this.#isWriting = false
    }
  }

  #changes() {
    const { conversationId, now } = this.#options
    return [...this.#unwritten].map(([variableId, value]) => ({ conversationId, variableId, value, now: now() }))
  }
}
