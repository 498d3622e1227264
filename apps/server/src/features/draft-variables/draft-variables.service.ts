import { AppError, type Refusal } from '@trellis/contracts'
import type { AppsTable, Db } from '@trellis/db'
import { isUniqueViolation } from '@trellis/db'
import type { Clock } from '@trellis/spec'
import type { Value } from '@trellis/values'
import type { VariableType } from '@trellis/variables'
import { listFileIds, listUploadsOpenTo } from '../files/index.ts'
import type { RunnableWorkflow, RunnableWorkflows } from '../workflows/index.ts'
import {
  addVariables,
  changeVariable,
  countVariables,
  type DraftVariableRow,
  deleteVariables,
  findShown,
  findVariable,
  listShown,
  listShownOf,
  listWhole,
  putVariables,
  type ShownVariableRow,
  type VariableChange,
} from './draft-variables.repository.ts'
import { type ResolveVariableFiles, readEditedValue } from './edited-value.ts'
import type { LeftVariables } from './left-variables.ts'
import type { PlacedVariable, VariableOwner } from './placed-variable.ts'
import { readOriginal, toOriginal, toPlaced, toRow, toValueColumns, typeOf } from './variable-rows.ts'

export interface DraftVariablesDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly workflows: Pick<RunnableWorkflows, 'getDraft'>
  /** Files that an account names become values. */
  readonly filesOf: (owner: VariableOwner) => ResolveVariableFiles
}

/** The variables that trial runs leave, an editor's own; every place is the owner's. */
export interface DraftVariableService {
  list(owner: VariableOwner, page: { readonly offset: number; readonly limit: number }): Promise<VariablePage>
  listOf(owner: VariableOwner, nodeId: string): Promise<readonly ShownVariableRow[]>
  /** Those that no run has left yet come into being with their initial values. @throws `draft_workflow_not_exist` */
  listConversation(owner: VariableOwner, app: AppsTable): Promise<readonly ShownVariableRow[]>
  /** @throws `not_found` */
  get(owner: VariableOwner, id: string): Promise<ShownVariableRow>
  /** @throws `not_found`, `invalid_param` for a value of another type, a name that is taken, and what nobody may change */
  change(owner: VariableOwner, id: string, change: { readonly name?: string; readonly value?: Value }): Promise<ShownVariableRow>
  /** Undefined where the workflow has the variable no longer. @throws `not_found`, `draft_workflow_not_exist` */
  reset(owner: VariableOwner, id: string, app: AppsTable): Promise<ShownVariableRow | undefined>
  /** @throws `not_found` */
  delete(owner: VariableOwner, id: string): Promise<void>
  /** Of one node, or all. */
  deleteAll(owner: VariableOwner, nodeId?: string): Promise<void>
  /** Whole, for runs. */
  read(owner: VariableOwner, nodeIds: readonly string[]): Promise<readonly PlacedVariable[]>
  /** Keeps what a run left, in the transaction that ends it. */
  store(db: Db, owner: VariableOwner, run: { readonly runId: string; readonly left: LeftVariables }): Promise<void>
}

export interface VariablePage {
  readonly rows: readonly ShownVariableRow[]
  readonly total: number
}

export function createDraftVariableService({ db, clock, workflows, filesOf }: DraftVariablesDependencies): DraftVariableService {
  const get = async (owner: VariableOwner, id: string): Promise<ShownVariableRow> => found(await findShown(db, owner, id))
  const getWhole = async (owner: VariableOwner, id: string): Promise<DraftVariableRow> => found(await findVariable(db, owner, id))
  const update = async (owner: VariableOwner, id: string, change: VariableChange): Promise<ShownVariableRow> => {
    await changeVariable(db, owner, id, { ...change, updated_at: clock.now() })
    return get(owner, id)
  }
  return {
    get,
    async list(owner, page) {
      const [rows, total] = await Promise.all([listShown(db, owner, page), countVariables(db, owner)])
      return { rows, total }
    },
    listOf: (owner, nodeId) => listShownOf(db, owner, nodeId),
    async listConversation(owner, app) {
      const initial = initialValues(await workflows.getDraft(app))
      const now = clock.now()
      const rows = initial.map((variable) => toRow({ ...variable, ...open }, { owner, runId: null, now }))
      const known = new Set((await listShownOf(db, owner, 'conversation')).map(({ name }) => name))
      await addVariables(
        db,
        rows.filter(({ name }) => !known.has(name)),
      )
      return listShownOf(db, owner, 'conversation')
    },
    async change(owner, id, { name, value }) {
      const row = await getWhole(owner, id)
      if (row.editable === 0) {
        const told: Refusal = { reason: 'variable_of_system', values: { name: row.name } }
        throw refusal(`"${row.name}" is the system’s, and not to be changed.`, told)
      }
      const edited = value === undefined ? undefined : await readEditedValue(typeOf(row), value, filesOf(owner))
      if (edited) await assertFilesOpen(db, owner, edited.value)
      const change: VariableChange = {
        ...(name === undefined ? {} : { name }),
        ...(edited
          ? { value_type: edited.type, ...toValueColumns(edited.value), original: toOriginal(row), last_edited_at: clock.now() }
          : {}),
      }
      try {
        return await update(owner, id, change)
      } catch (error) {
        if (!isUniqueViolation(error)) throw error
        const told: Refusal = { reason: 'name_taken', values: { name: name ?? row.name } }
        throw refusal(`name: there is another variable "${name}" at that place.`, told, error)
      }
    },
    async reset(owner, id, app) {
      const row = await getWhole(owner, id)
      const original = row.node_id === 'conversation' ? await initialOf(workflows, app, row.name) : originalOf(row)
      if (original) {
        const change = { value_type: original.type, ...toValueColumns(original.value), original: null, last_edited_at: null }
        return update(owner, id, change)
      }
      await deleteVariables(db, owner, { id })
      return undefined
    },
    async delete(owner, id) {
      if (!(await deleteVariables(db, owner, { id }))) throw notFound()
    },
    async deleteAll(owner, nodeId) {
      await deleteVariables(db, owner, nodeId === undefined ? {} : { nodeIds: [nodeId] })
    },
    async read(owner, nodeIds) {
      return (await listWhole(db, owner, nodeIds)).map(toPlaced)
    },
    async store(db, owner, { runId, left }) {
      const names = new Set(left.all.map(({ nodeId, name }) => JSON.stringify([nodeId, name])))
      for (const nodeId of left.nodeIds) {
        const rows = await listShownOf(db, owner, nodeId)
        for (const { id, name } of rows) if (!names.has(JSON.stringify([nodeId, name]))) await deleteVariables(db, owner, { id })
      }
      const now = clock.now()
      await putVariables(
        db,
        left.all.map((variable) => toRow(variable, { owner, runId, now })),
      )
    },
  }
}

const open = { executionId: null, isVisible: true, isEditable: true } as const

const initialValues = ({ conversationVariables }: RunnableWorkflow): readonly PlacedVariable[] =>
  conversationVariables.map(({ name, declaredType, variable }) => ({
    nodeId: 'conversation',
    name,
    type: declaredType,
    value: variable.value,
  }))

async function initialOf(
  workflows: DraftVariablesDependencies['workflows'],
  app: AppsTable,
  name: string,
): Promise<PlacedVariable | undefined> {
  return initialValues(await workflows.getDraft(app)).find((variable) => variable.name === name)
}

/** Values of any type may hold what nodes take for files. */
async function assertFilesOpen(db: Db, owner: VariableOwner, value: Value): Promise<void> {
  const ids = listFileIds(value)
  const open = new Set((await listUploadsOpenTo(db, owner, ids)).map(({ id }) => id))
  const missing = ids.find((id) => !open.has(id))
  if (missing === undefined) return
  const message = `value: there is no uploaded file ${missing} of yours or of this app. Upload the file, and name what that answers.`
  throw refusal(message, { reason: 'file_gone', values: {} })
}

const originalOf = (row: DraftVariableRow): { readonly type: string | VariableType; readonly value: Value } => readOriginal(toOriginal(row))

function found<Row>(row: Row | undefined): Row {
  if (row === undefined) throw notFound()
  return row
}

const notFound = (): AppError => new AppError('not_found', { message: 'There is no such variable of yours.' })
const refusal = (message: string, refusal: Refusal, cause?: unknown): AppError => new AppError('invalid_param', { message, refusal, cause })
