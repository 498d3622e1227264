import { AppError } from '@trellis/contracts'
import type { Db } from '@trellis/db'
import type { Clock } from '@trellis/spec'
import { dumpJson, parseJson, type Value } from '@trellis/values'
import { declareVariable, TypeMismatchError, type VariableType } from '@trellis/variables'
import { toSeconds } from '../../http/compat/seconds.ts'
import { type ConversationVariableRow, listConversationVariables, setConversationVariable } from './conversation-variables.repository.ts'
import type { Talker } from './conversations.repository.ts'
import type { ConversationService, Page } from './conversations.service.ts'

export interface VariablePage {
  readonly conversationId: string
  readonly name: string | undefined
  /** Only what comes after this variable. */
  readonly lastId: string | undefined
  readonly limit: number
}

/** The variables of talkers' own conversations; only chatflows have any. Both throw `not_found` where a conversation is not theirs. */
export interface ConversationVariables {
  /** @throws `not_found` (`lastId`) */
  list(talker: Talker, page: VariablePage): Promise<Page<ConversationVariableRow>>
  /** @throws `not_found`, `bad_request` where the value is of another type */
  update(
    talker: Talker,
    change: { readonly conversationId: string; readonly id: string; readonly value: Value },
  ): Promise<ConversationVariableRow>
}

export interface ConversationVariablesDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly conversations: Pick<ConversationService, 'get'>
}

export function createConversationVariables({ db, clock, conversations }: ConversationVariablesDependencies): ConversationVariables {
  const listAll = async (talker: Talker, conversationId: string): Promise<ConversationVariableRow[]> => {
    await conversations.get(talker, conversationId)
    return listConversationVariables(db, talker.tenantId, conversationId)
  }
  return {
    // A workflow has few variables, and a page must begin after any of them.
    async list(talker, { conversationId, name, lastId, limit }) {
      const all = await listAll(talker, conversationId)
      const last = all.findIndex((row) => row.variable_id === lastId)
      if (lastId !== undefined && last === -1) throw notFound()
      const rest = all.slice(last + 1).filter((row) => name === undefined || row.name === name)
      return { rows: rest.slice(0, limit), hasMore: rest.length > limit }
    },
    async update(talker, { conversationId, id, value }) {
      const row = (await listAll(talker, conversationId)).find((candidate) => candidate.variable_id === id)
      if (!row) throw notFound()
      assertType(row, value)
      const changed = { value: dumpJson(value), updated_at: clock.now() }
      await setConversationVariable(db, { conversationId, variableId: id, value: changed.value, now: changed.updated_at })
      return { ...row, ...changed }
    },
  }
}

const notFound = (): AppError => new AppError('not_found', { message: 'Conversation Variable Not Exists.' })

function assertType({ name, value_type: type }: ConversationVariableRow, value: Value): void {
  try {
    // Rows are written from declared variables.
    declareVariable(type as VariableType, value)
  } catch (error) {
    if (!(error instanceof TypeMismatchError)) throw error
    throw new AppError('bad_request', {
      message: `The variable "${name}" is declared as ${error.declared}, but the value is ${error.found}.`,
    })
  }
}

/** Values that are no text stand as JSON. */
export function presentVariable(row: ConversationVariableRow) {
  const value = parseJson(row.value)
  return {
    id: row.variable_id,
    name: row.name,
    value_type: row.value_type,
    value: typeof value === 'string' ? value : row.value,
    description: '',
    created_at: toSeconds(row.created_at),
    updated_at: toSeconds(row.updated_at),
  }
}
