import pg from 'pg'

export interface PostgresOptions {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
  /** Most connections at a time. */
  readonly poolSize: number
  readonly ssl?: boolean
  /** Milliseconds to wait for a free connection before failing. */
  readonly acquireTimeoutMs: number
}

const INT8 = 20

/** A pool whose 64-bit integers come as numbers: everything that we store in them stays below 2^53. */
export function createPostgresPool(options: PostgresOptions): pg.Pool {
  const pool = new pg.Pool({
    host: options.host,
    port: options.port,
    user: options.user,
    password: options.password,
    database: options.database,
    max: options.poolSize,
    connectionTimeoutMillis: options.acquireTimeoutMs,
    idleTimeoutMillis: 60_000,
    application_name: 'trellis',
    ...(options.ssl ? { ssl: { rejectUnauthorized: true } } : {}),
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === INT8 && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format),
    },
  })
  // An idle connection that the server closes (restart, failover) is replaced at the next statement; unheard it would end the process.
  pool.on('error', () => undefined)
  return pool
}
