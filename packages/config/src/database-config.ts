import { join, resolve } from 'node:path'
import type { DatabaseConfig, SslMode } from './config.ts'
import type { Environment } from './environment.ts'
import type { Findings } from './findings.ts'
import { databaseTypes, sslModes } from './variables/database.ts'

const notYet = ['mysql', 'mariadb', 'oceanbase', 'seekdb']

export function readDatabase(environment: Environment, dataFolder: string, findings: Findings): DatabaseConfig {
  const type = readType(environment, findings)
  if (type === 'sqlite') {
    if (environment.DB_HOST !== undefined) {
      findings.warn('DB_HOST', 'DB_TYPE=sqlite wins: the database server that DB_HOST names is not used. Remove one of the two.')
    }
    return { type, file: join(dataFolder, 'trellis.db') }
  }
  const extras = new URLSearchParams(environment.DB_EXTRAS ?? '')
  const caFile = environment.DB_SSL_CA ?? extras.get('sslrootcert') ?? undefined
  return {
    type,
    host: environment.DB_HOST ?? 'localhost',
    port: environment.DB_PORT,
    username: environment.DB_USERNAME,
    password: environment.DB_PASSWORD,
    database: environment.DB_DATABASE,
    sslMode: environment.DB_SSL_MODE ?? readSslMode(extras, findings),
    sslCaFile: caFile === undefined ? undefined : resolve(dataFolder, caFile),
    options: extras.get('options') ?? undefined,
    poolSize: environment.SQLALCHEMY_POOL_SIZE,
    poolTimeoutMs: environment.SQLALCHEMY_POOL_TIMEOUT * 1000,
    connectionLifetimeSeconds: environment.SQLALCHEMY_POOL_RECYCLE,
    statementTimeoutMs: environment.POSTGRES_STATEMENT_TIMEOUT,
  }
}

function readType(environment: Environment, findings: Findings): DatabaseConfig['type'] {
  const given = environment.DB_TYPE?.toLowerCase()
  if (given === undefined) return environment.DB_HOST === undefined ? 'sqlite' : 'postgresql'
  const known = databaseTypes.find((type) => type === given)
  if (known) return known
  if (given === 'postgres') return 'postgresql'
  const reason = notYet.includes(given) ? `${given} is not yet supported. ` : ''
  findings.fault('DB_TYPE', `${reason}Expected one of ${databaseTypes.join(', ')}.`)
  return 'sqlite'
}

function readSslMode(extras: URLSearchParams, findings: Findings): SslMode {
  const given = extras.get('sslmode')
  if (given === null) return 'disable'
  const mode = sslModes.find((known) => known === given)
  if (!mode)
    findings.fault('DB_EXTRAS', `sslmode: expected one of ${sslModes.join(', ')}. A mode that falls back to plain text is not offered.`)
  return mode ?? 'disable'
}
