import { decimal, flag, oneOf, optional, port, text, wholeNumber, withDefault } from '../kinds.ts'

export const databaseTypes = ['sqlite', 'postgresql'] as const
export const sslModes = ['disable', 'require', 'verify-ca', 'verify-full'] as const

export const databaseVariables = {
  DB_TYPE: optional(text(`one of ${databaseTypes.join(', ')}`), {
    group: 'database',
    description: 'Kind of the database. MySQL and its relatives are not yet supported.',
    defaultNote: '`postgresql` where `DB_HOST` is set, else `sqlite` in the data folder',
  }),
  DB_HOST: optional(text('a host name or a socket folder'), {
    group: 'database',
    description: 'Host of the database server.',
    defaultNote: 'localhost for `DB_TYPE=postgresql`',
  }),
  DB_PORT: withDefault('5432', port(), { group: 'database', description: 'Port of the database server.' }),
  DB_USERNAME: withDefault('postgres', text('a user name'), { group: 'database', description: 'User of the database server.' }),
  DB_PASSWORD: optional(text('a password'), { group: 'database', secret: true, description: 'Password of that user.' }),
  DB_DATABASE: withDefault('dify', text('a name'), { group: 'database', description: 'Name of the database.' }),
  DB_EXTRAS: optional(text('parameters such as sslmode=require'), {
    group: 'database',
    description: 'Further connection parameters, as in a query string. `sslmode`, `sslrootcert` and `options` are understood.',
  }),
  DB_SSL_MODE: optional(oneOf(sslModes), {
    group: 'database',
    description:
      'Encryption of the connection: `require` checks no certificate (unless `DB_SSL_CA` is given), `verify-ca` does, `verify-full` checks its name too. Wins over `sslmode` in `DB_EXTRAS`.',
    defaultNote: 'disable',
  }),
  DB_SSL_CA: optional(text('a path'), { group: 'database', description: 'File with the certificate authority of the database server.' }),
  SQLALCHEMY_POOL_SIZE: withDefault('30', wholeNumber({ minimum: 1, maximum: 10_000 }), {
    group: 'database',
    description: 'Connections that one process keeps at most.',
  }),
  SQLALCHEMY_POOL_RECYCLE: withDefault('3600', wholeNumber({ minimum: 1 }), {
    group: 'database',
    description: 'Longest life of a connection, in seconds.',
  }),
  SQLALCHEMY_POOL_TIMEOUT: withDefault('30', decimal({ minimum: 0.1 }), {
    group: 'database',
    description: 'How long to wait for a free connection, in seconds.',
  }),
  POSTGRES_STATEMENT_TIMEOUT: withDefault('0', wholeNumber({ minimum: 0 }), {
    group: 'database',
    description: 'Longest statement, in milliseconds; 0 is no limit.',
  }),
}

const servers = (value: string) => value.split(',').every((part) => /^[^\s:,]+:\d{1,5}$/.test(part.trim()))

export const redisVariables = {
  REDIS_HOST: optional(text('a host name'), {
    group: 'redis',
    description:
      'Host of the Redis server. Without Redis, cache, locks, limits, live events and jobs live in this process and its database.',
    defaultNote: 'embedded',
  }),
  REDIS_PORT: withDefault('6379', port(), { group: 'redis', description: 'Port of the Redis server.' }),
  REDIS_USERNAME: optional(text('a user name'), { group: 'redis', description: 'User of the Redis server.' }),
  REDIS_PASSWORD: optional(text('a password'), { group: 'redis', secret: true, description: 'Password of the Redis server.' }),
  REDIS_DB: withDefault('0', wholeNumber({ minimum: 0, maximum: 4096 }), { group: 'redis', description: 'Number of the Redis database.' }),
  REDIS_KEY_PREFIX: optional(
    text('letters, digits and -_.:', (value) => /^[\w.:-]+$/.test(value)),
    { group: 'redis', description: 'Put before every key, where several installations share a server.' },
  ),
  REDIS_USE_SSL: withDefault('false', flag(), { group: 'redis', description: 'Encrypt the connection.' }),
  REDIS_SSL_CERT_REQS: withDefault('CERT_REQUIRED', oneOf(['CERT_NONE', 'CERT_OPTIONAL', 'CERT_REQUIRED']), {
    group: 'redis',
    description: 'Whether the certificate of the server is checked (`CERT_NONE` is not).',
  }),
  REDIS_SSL_CA_CERTS: optional(text('a path'), { group: 'redis', description: 'File with the certificate authority of the Redis server.' }),
  REDIS_SSL_CERTFILE: optional(text('a path'), { group: 'redis', description: 'File with our certificate.' }),
  REDIS_SSL_KEYFILE: optional(text('a path'), { group: 'redis', description: 'File with the key of our certificate.' }),
  REDIS_USE_SENTINEL: withDefault('false', flag(), { group: 'redis', description: 'Find the server through Sentinel.' }),
  REDIS_SENTINELS: optional(text('host:port, comma-separated', servers), {
    group: 'redis',
    description: 'The Sentinels, as `host:port,host:port`.',
  }),
  REDIS_SENTINEL_SERVICE_NAME: optional(text('a name'), { group: 'redis', description: 'Name of the master that the Sentinels watch.' }),
  REDIS_SENTINEL_USERNAME: optional(text('a user name'), { group: 'redis', description: 'User of the Sentinels.' }),
  REDIS_SENTINEL_PASSWORD: optional(text('a password'), { group: 'redis', secret: true, description: 'Password of the Sentinels.' }),
  REDIS_USE_CLUSTERS: withDefault('false', flag(), { group: 'redis', description: 'The server is a Redis Cluster.' }),
  REDIS_CLUSTERS: optional(text('host:port, comma-separated', servers), {
    group: 'redis',
    description: 'Nodes of the cluster, as `host:port,host:port`.',
  }),
  REDIS_CLUSTERS_PASSWORD: optional(text('a password'), { group: 'redis', secret: true, description: 'Password of the cluster.' }),
  REDIS_SOCKET_CONNECT_TIMEOUT: withDefault('5', decimal({ minimum: 0.1 }), {
    group: 'redis',
    description: 'How long a connection may take to stand, in seconds.',
  }),
  EVENT_BUS_REDIS_URL: optional(
    text('an address that begins with redis:// or rediss://', (value) => /^rediss?:\/\/./.test(value) && URL.canParse(value)),
    {
      group: 'redis',
      secret: true,
      description: 'A Redis server of their own for live events.',
      defaultNote: 'the Redis above',
    },
  ),
}
