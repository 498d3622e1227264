import type { DatabaseConnection, Dialect, Driver } from 'kysely'

/** Whoever wants to know that the server of the database cannot be reached. */
export interface AbsenceWatch {
  /** No connection can be had. */
  lost(error: unknown): void
  /** One was had. */
  found(): void
  /** What callers get in place of the driver's error, be it a connection that cannot be had or one that broke off. */
  translate(error: unknown): unknown
}

/** The dialect, with somebody told of a server that goes away and comes back. */
export function watchAbsence(dialect: Dialect, watch: AbsenceWatch): Dialect {
  return {
    createDriver: () => watchDriver(dialect.createDriver(), watch),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
  }
}

function watchDriver(driver: Driver, watch: AbsenceWatch): Driver {
  const watched = new WeakSet<DatabaseConnection>()
  const translate = (error: unknown): unknown => (isAbsence(error) ? watch.translate(error) : error)
  return {
    init: (options) => driver.init(options),
    async acquireConnection(options) {
      const connection = await driver.acquireConnection(options).catch((error: unknown) => {
        if (isAbsence(error)) watch.lost(error)
        throw translate(error)
      })
      watch.found()
      if (watched.has(connection)) return connection
      watched.add(connection)
      const execute = connection.executeQuery.bind(connection)
      const executeOrTell = (...args: Parameters<typeof execute>) =>
        execute(...args).catch((error: unknown) => {
          throw translate(error)
        })
      // It hands through whatever rows the connection gives.
      connection.executeQuery = executeOrTell as DatabaseConnection['executeQuery']
      return connection
    },
    beginTransaction: (connection, settings) => driver.beginTransaction(connection, settings),
    commitTransaction: (connection) => driver.commitTransaction(connection),
    rollbackTransaction: (connection) => driver.rollbackTransaction(connection),
    releaseConnection: (connection) => driver.releaseConnection(connection),
    destroy: () => driver.destroy(),
  }
}

const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
  // The file of a socket.
  'ENOENT',
])
/** Connection exceptions; the server shuts down, crashed, or still starts; it has no place for us. */
const SERVER = /^(08...|57P0[123]|53300)$/
/** The driver's own errors have no code. */
const DRIVER = /^(Connection terminated|Client has encountered a connection error|timeout expired)/

/** Whether the server could not be reached, or broke off. Not that all our own connections are in use. */
export function isAbsence(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? error.code : undefined
  return typeof code === 'string' ? NETWORK.has(code) || SERVER.test(code) : DRIVER.test(error.message)
}
