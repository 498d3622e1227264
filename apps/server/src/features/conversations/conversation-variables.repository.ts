import type { ConversationVariablesTable, Db } from '@trellis/db'

export type ConversationVariableRow = ConversationVariablesTable

export const listConversationVariables = (db: Db, tenantId: string, conversationId: string): Promise<ConversationVariableRow[]> =>
  db
    .selectFrom('conversation_variables')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('conversation_id', '=', conversationId)
    .orderBy('created_at')
    .orderBy('variable_id')
    .execute()

export const insertConversationVariables = async (db: Db, rows: readonly ConversationVariableRow[]): Promise<void> => {
  if (rows.length > 0) await db.insertInto('conversation_variables').values(rows).execute()
}

export interface VariableChange {
  readonly conversationId: string
  readonly variableId: string
  /** JSON text. */
  readonly value: string
  readonly now: number
}

export const setConversationVariable = async (db: Db, change: VariableChange): Promise<void> => {
  await updateVariable(db, change).execute()
}

/** The same in the name of a run, as long as that is under way in this life of its; tells whether it was. */
export async function setConversationVariableOfRun(
  db: Db,
  change: VariableChange,
  run: { readonly id: string; readonly epoch: number },
): Promise<boolean> {
  const { numUpdatedRows } = await updateVariable(db, change)
    .where((where) =>
      where.exists(
        where
          .selectFrom('runs')
          .select('runs.id')
          .where('runs.id', '=', run.id)
          .where('runs.epoch', '=', run.epoch)
          .where('runs.status', '=', 'running'),
      ),
    )
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

const updateVariable = (db: Db, { conversationId, variableId, value, now }: VariableChange) =>
  db
    .updateTable('conversation_variables')
    .set({ value, updated_at: now })
    .where('conversation_id', '=', conversationId)
    .where('variable_id', '=', variableId)
