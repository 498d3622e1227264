import {
  ColumnNode,
  type CompiledQuery,
  type DatabaseConnection,
  DeleteQueryNode,
  type Dialect,
  type Driver,
  InsertQueryNode,
  type OperationNode,
  TableNode,
  UpdateQueryNode,
} from 'kysely'

/**
 * Called with the names of tables whose rows this process changed: after the commit, before whoever changed them goes on.
 * That a row was used is no change of it (`notes`).
 */
export type OnChange = (tables: ReadonlySet<string>) => void

/** The dialect, with somebody told of what is written through it. Statements given as text are passed over. */
export function watchChanges(dialect: Dialect, onChange: OnChange): Dialect {
  return {
    createDriver: () => watchDriver(dialect.createDriver(), onChange),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
  }
}

/** Columns that note uses. Every key is used all the time: whoever keeps rows in memory would read them again for nothing. */
const notes: Readonly<Record<string, readonly string[]>> = {
  api_keys: ['last_used_at'],
  accounts: ['last_login_at', 'last_login_ip', 'last_active_at'],
}

interface Pending {
  isInTransaction: boolean
  readonly tables: Set<string>
}

function watchDriver(driver: Driver, onChange: OnChange): Driver {
  const watched = new WeakMap<DatabaseConnection, Pending>()
  const tell = (pending: Pending): void => {
    if (pending.tables.size === 0) return
    const tables = new Set(pending.tables)
    pending.tables.clear()
    onChange(tables)
  }
  const watch = (connection: DatabaseConnection): void => {
    const pending: Pending = { isInTransaction: false, tables: new Set() }
    watched.set(connection, pending)
    const execute = connection.executeQuery.bind(connection)
    const executeAndTell = async (query: CompiledQuery) => {
      const table = changedTable(query.query)
      if (table === undefined) return execute(query)
      pending.tables.add(table)
      try {
        return await execute(query)
      } finally {
        // Also where it failed: an answer that was lost may have been a success.
        if (!pending.isInTransaction) tell(pending)
      }
    }
    // It hands through whatever rows the connection gives.
    connection.executeQuery = executeAndTell as DatabaseConnection['executeQuery']
  }
  const end = async (connection: DatabaseConnection, ending: Promise<void>): Promise<void> => {
    const pending = watched.get(connection)
    try {
      await ending
    } finally {
      if (pending) {
        pending.isInTransaction = false
        tell(pending)
      }
    }
  }
  return {
    init: (options) => driver.init(options),
    async acquireConnection(options) {
      const connection = await driver.acquireConnection(options)
      if (!watched.has(connection)) watch(connection)
      return connection
    },
    async beginTransaction(connection, settings) {
      await driver.beginTransaction(connection, settings)
      const pending = watched.get(connection)
      if (pending) pending.isInTransaction = true
    },
    commitTransaction: (connection) => end(connection, driver.commitTransaction(connection)),
    rollbackTransaction: (connection) => end(connection, driver.rollbackTransaction(connection)),
    releaseConnection: (connection) => driver.releaseConnection(connection),
    destroy: () => driver.destroy(),
  }
}

function changedTable(node: OperationNode): string | undefined {
  if (InsertQueryNode.is(node)) return nameOf(node.into)
  if (UpdateQueryNode.is(node)) return isNote(node) ? undefined : nameOf(node.table)
  if (DeleteQueryNode.is(node)) return nameOf(node.from.froms[0])
  return undefined
}

const nameOf = (node: OperationNode | undefined): string | undefined =>
  node && TableNode.is(node) ? node.table.identifier.name : undefined

function isNote({ table, updates = [] }: UpdateQueryNode): boolean {
  const noted = notes[nameOf(table) ?? '']
  return noted !== undefined && updates.every(({ column }) => ColumnNode.is(column) && noted.includes(column.column.name))
}
