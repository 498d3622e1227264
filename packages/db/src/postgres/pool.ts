import type { ConnectionOptions } from 'node:tls'
import type { Pool } from 'pg'

/** `require` encrypts and checks nothing, unless an authority is given; `verify-ca` checks the certificate, `verify-full` its name too. */
export type PostgresSslMode = 'disable' | 'require' | 'verify-ca' | 'verify-full'

export interface PostgresOptions {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
  /** Most connections at a time. */
  readonly poolSize: number
  /** Encryption in the words of libpq; `disable` where absent. */
  readonly sslMode?: PostgresSslMode
  /** The certificate authority that the server's certificate is checked against, as PEM; the system's where absent. */
  readonly sslAuthority?: string
  /** Milliseconds to wait for a free connection before failing. */
  readonly acquireTimeoutMs: number
  /** Server options in the manner of `PGOPTIONS`. */
  readonly options?: string
  /** 0 is no limit. */
  readonly statementTimeoutMs?: number
  /** A connection older than this is replaced once it is idle. */
  readonly connectionLifetimeSeconds?: number
}

const INT8 = 20

/** A pool whose 64-bit integers come as numbers: everything that we store in them stays below 2^53. The driver is loaded by it. */
export async function createPostgresPool(options: PostgresOptions): Promise<Pool> {
  const { default: pg } = await import('pg')
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
    ssl: toTlsOptions(options),
    ...(options.options === undefined ? {} : { options: options.options }),
    ...(options.statementTimeoutMs ? { statement_timeout: options.statementTimeoutMs } : {}),
    ...(options.connectionLifetimeSeconds === undefined ? {} : { maxLifetimeSeconds: options.connectionLifetimeSeconds }),
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === INT8 && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format),
    },
  })
  // An idle connection that the server closes (restart, failover) is replaced at the next statement; unheard it would end the process.
  pool.on('error', () => undefined)
  // So would one that is closed between two statements of whoever holds it: they learn of it from the next.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** What libpq's modes mean to Node's TLS. */
export function toTlsOptions({
  sslMode = 'disable',
  sslAuthority,
}: Pick<PostgresOptions, 'sslMode' | 'sslAuthority'>): false | ConnectionOptions {
  if (sslMode === 'disable') return false
  const authority = sslAuthority === undefined ? {} : { ca: sslAuthority }
  if (sslMode === 'verify-full') return { ...authority, rejectUnauthorized: true }
  const checksChain = sslMode === 'verify-ca' || sslAuthority !== undefined
  return { ...authority, rejectUnauthorized: checksChain, checkServerIdentity: () => undefined }
}
