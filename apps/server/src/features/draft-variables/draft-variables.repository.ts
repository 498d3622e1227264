import { editingRoles } from '@trellis/contracts'
import type { Db, DraftVariablesTable } from '@trellis/db'
import type { VariableOwner } from './placed-variable.ts'

export type DraftVariableRow = DraftVariablesTable

/** Without a value that is too large to be shown. */
export type ShownVariableRow = Omit<DraftVariableRow, 'value' | 'original'> & { readonly value: DraftVariableRow['value'] | null }

const head = ['id', 'tenant_id', 'app_id', 'account_id', 'node_id', 'name', 'description', 'value_type', 'visible', 'editable'] as const
const tail = ['preview', 'run_id', 'execution_id', 'last_edited_at', 'created_at', 'updated_at'] as const

const ofOwner = (db: Db, { tenantId, appId, accountId }: VariableOwner) =>
  db.selectFrom('draft_variables').where('tenant_id', '=', tenantId).where('app_id', '=', appId).where('account_id', '=', accountId)

const selectShown = (db: Db, owner: VariableOwner) =>
  ofOwner(db, owner)
    .select([...head, ...tail])
    .select(({ eb, ref }) => eb.case().when('preview', 'is', null).then(ref('value')).end().as('value'))

/** Newest first. */
export const listShown = (db: Db, owner: VariableOwner, page: { readonly offset: number; readonly limit: number }) =>
  selectShown(db, owner).orderBy('created_at', 'desc').orderBy('id', 'desc').offset(page.offset).limit(page.limit).execute()

export async function countVariables(db: Db, owner: VariableOwner): Promise<number> {
  const row = await ofOwner(db, owner)
    .select((select) => select.fn.countAll().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

export const listShownOf = (db: Db, owner: VariableOwner, nodeId: string): Promise<ShownVariableRow[]> =>
  selectShown(db, owner).where('node_id', '=', nodeId).orderBy('created_at').orderBy('id').execute()

export const findShown = (db: Db, owner: VariableOwner, id: string): Promise<ShownVariableRow | undefined> =>
  selectShown(db, owner).where('id', '=', id).executeTakeFirst()

export const findVariable = (db: Db, owner: VariableOwner, id: string): Promise<DraftVariableRow | undefined> =>
  ofOwner(db, owner).selectAll().where('id', '=', id).executeTakeFirst()

/** By a link that was signed for it, whoever follows it: as long as the editor whose it is may look at it in the console. */
export const findVariableByLink = (db: Db, id: string): Promise<Pick<DraftVariableRow, 'name' | 'value'> | undefined> =>
  db
    .selectFrom('draft_variables')
    .innerJoin('tenants', 'tenants.id', 'draft_variables.tenant_id')
    .innerJoin('accounts', 'accounts.id', 'draft_variables.account_id')
    .innerJoin('tenant_members', (join) =>
      join
        .onRef('tenant_members.tenant_id', '=', 'draft_variables.tenant_id')
        .onRef('tenant_members.account_id', '=', 'draft_variables.account_id'),
    )
    .select(['draft_variables.name', 'draft_variables.value'])
    .where('draft_variables.id', '=', id)
    .where('tenants.status', '=', 'normal')
    .where('accounts.status', '=', 'active')
    .where('tenant_members.role', 'in', editingRoles)
    .executeTakeFirst()

export const listWhole = (db: Db, owner: VariableOwner, nodeIds: readonly string[]): Promise<DraftVariableRow[]> =>
  nodeIds.length === 0 ? Promise.resolve([]) : ofOwner(db, owner).selectAll().where('node_id', 'in', nodeIds).execute()

const ROWS_AT_ONCE = 200

/** What a run left takes the place of what stood there, changes of people included. */
export async function putVariables(db: Db, rows: readonly DraftVariableRow[]): Promise<void> {
  for (let first = 0; first < rows.length; first += ROWS_AT_ONCE) {
    await db
      .insertInto('draft_variables')
      .values(rows.slice(first, first + ROWS_AT_ONCE))
      .onConflict((conflict) =>
        conflict.columns(['app_id', 'account_id', 'node_id', 'name']).doUpdateSet(({ ref }) => ({
          value_type: ref('excluded.value_type'),
          value: ref('excluded.value'),
          preview: ref('excluded.preview'),
          original: ref('excluded.original'),
          visible: ref('excluded.visible'),
          editable: ref('excluded.editable'),
          run_id: ref('excluded.run_id'),
          execution_id: ref('excluded.execution_id'),
          last_edited_at: ref('excluded.last_edited_at'),
          updated_at: ref('excluded.updated_at'),
        })),
      )
      .execute()
  }
}

/** Adds what is not there. */
export async function addVariables(db: Db, rows: readonly DraftVariableRow[]): Promise<void> {
  if (rows.length === 0) return
  await db
    .insertInto('draft_variables')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['app_id', 'account_id', 'node_id', 'name']).doNothing())
    .execute()
}

export type VariableChange = Partial<
  Pick<DraftVariableRow, 'name' | 'value_type' | 'value' | 'preview' | 'original' | 'last_edited_at' | 'updated_at'>
>

export const changeVariable = async (db: Db, owner: VariableOwner, id: string, change: VariableChange): Promise<void> => {
  await db
    .updateTable('draft_variables')
    .set(change)
    .where('tenant_id', '=', owner.tenantId)
    .where('account_id', '=', owner.accountId)
    .where('id', '=', id)
    .execute()
}

/** Those of the files that a variable names, or what it was before somebody changed it. */
export async function findDraftVariableFiles(db: Db, fileIds: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('draft_variables')
    .select(['value', 'original'])
    .where(({ or, eb }) => or(fileIds.flatMap((id) => [eb('value', 'like', `%${id}%`), eb('original', 'like', `%${id}%`)])))
    .execute()
  return fileIds.filter((id) => rows.some(({ value, original }) => value.includes(id) || original?.includes(id)))
}

/** Tells whether there was any. */
export async function deleteVariables(
  db: Db,
  { tenantId, appId, accountId }: VariableOwner,
  which: { readonly id?: string; readonly nodeIds?: readonly string[] } = {},
): Promise<boolean> {
  let query = db
    .deleteFrom('draft_variables')
    .where('tenant_id', '=', tenantId)
    .where('app_id', '=', appId)
    .where('account_id', '=', accountId)
  if (which.id !== undefined) query = query.where('id', '=', which.id)
  if (which.nodeIds) query = query.where('node_id', 'in', which.nodeIds)
  return (await query.executeTakeFirst()).numDeletedRows > 0n
}
