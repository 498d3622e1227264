import type { DatabaseConnection, Dialect, Driver } from 'kysely'

/** Whoever wants to know that the server of the database cannot be reached. */
export interface AbsenceWatch {
  /** No connection can be had, or one broke off. */
  lost(error: unknown): void
  /** The server has answered: at first, and once after each loss. */
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
  let isThere = false
  const tell = (error: unknown): unknown => {
    if (isAbsence(error)) {
      isThere = false
      watch.lost(error)
      return watch.translate(error)
    }
    return isFull(error) ? watch.translate(error) : error
  }
  return {
    init: (options) => driver.init(options),
    async acquireConnection(options) {
      const connection = await driver.acquireConnection(options).catch((error: unknown) => {
        throw tell(error)
      })
      if (watched.has(connection)) return connection
      watched.add(connection)
      const execute = connection.executeQuery.bind(connection)
      const executeAndTell = (...args: Parameters<typeof execute>) => {
        // A connection that is had proves nothing, it may have lain idle; nor does an answer to what was asked before the loss.
        const isProof = !isThere
        return execute(...args).then(
          (result) => {
            if (isProof && !isThere) {
              isThere = true
              watch.found()
            }
            return result
          },
          (error: unknown) => {
            throw tell(error)
          },
        )
      }
      // It hands through whatever rows the connection gives.
      connection.executeQuery = executeAndTell as DatabaseConnection['executeQuery']
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
/** Connection exceptions; the server shuts down, crashed, or still starts. */
const SERVER = /^(08...|57P0[123])$/
/** The driver's own errors have no code. */
const DRIVER = /^(Connection terminated|Client has encountered a connection error|timeout expired)/

/** Whether the server could not be reached, or broke off. Not that all our own connections are in use. */
export function isAbsence(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? error.code : undefined
  return typeof code === 'string' ? NETWORK.has(code) || SERVER.test(code) : DRIVER.test(error.message)
}

/** Whether the server is there and has no place for us: it serves the connections that we have. */
function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '53300'
}
