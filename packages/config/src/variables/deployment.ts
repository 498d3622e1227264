import { address, basePath, flag, oneOf, optional, port, processRoles, text, wholeNumber, withDefault } from '../kinds.ts'

const serving = ['all', 'api'] as const

export const deploymentVariables = {
  MODE: withDefault('all', oneOf(processRoles), {
    group: 'deployment',
    description: 'What this process does; the command line argument wins. `all` is everything in one process.',
  }),
  TRELLIS_HOME: withDefault('./data', text('a path'), {
    group: 'deployment',
    description: 'The data folder: database, files, secrets and logs of the embedded default. Relative paths start at the working folder.',
  }),
  DIFY_BIND_ADDRESS: optional(
    text('a host name or an IP address', (value) => !/[\s/]/.test(value)),
    {
      group: 'deployment',
      description: 'Address to listen on.',
      defaultNote: '127.0.0.1 for `all`, else 0.0.0.0',
    },
  ),
  DIFY_PORT: withDefault('5001', port(), {
    group: 'deployment',
    description: 'Port to listen on, for pages and all APIs.',
  }),
  PORT: optional(port(), { group: 'deployment', description: 'Port to listen on, as hosting platforms name it; wins over `DIFY_PORT`.' }),
  HEALTH_PORT: optional(port(), {
    group: 'deployment',
    roles: ['worker', 'beat'],
    description:
      'Port of `/health`, `/ready` and `/metrics` of these roles, which serve nothing else; its address is `DIFY_BIND_ADDRESS`. Each process of a machine needs its own: not for a shared `.env`.',
    defaultNote: 'none: they listen to nothing',
  }),
  SECRET_KEY: optional(
    text('at least 16 characters', (value) => value.length >= 16),
    {
      group: 'deployment',
      secret: true,
      description:
        'Root of all secrets: seals credentials, signs sessions and file links. The same in every process of one installation; losing it loses the stored credentials. Good ones come from `openssl rand -base64 42`.',
      defaultNote: 'made at first start and kept in the data folder (`all`); required for `api`, `worker` and `beat`',
    },
  ),
  INIT_PASSWORD: optional(
    text('at most 30 characters', (value) => value.length <= 30),
    { group: 'deployment', secret: true, roles: serving, description: 'Asked for before the first administrator may be created.' },
  ),
  MIGRATION_ENABLED: withDefault('true', flag(), {
    group: 'deployment',
    description:
      'Bring the database schema up to date at start, under a lock. Where it is off, run the role `migration` before a new version.',
  }),
  DEPLOY_ENV: withDefault(
    'PRODUCTION',
    text('a short word', (value) => /^[\w-]+$/.test(value)),
    {
      group: 'deployment',
      description: 'Name of this environment, told in the `X-Env` header.',
    },
  ),
  SERVER_WORKER_AMOUNT: withDefault('1', wholeNumber({ minimum: 1, maximum: 256 }), {
    group: 'deployment',
    roles: ['api'],
    description: 'Number of HTTP processes.',
  }),
  SHUTDOWN_GRACE_SECONDS: withDefault('30', wholeNumber({ minimum: 0, maximum: 3600 }), {
    group: 'deployment',
    description: 'How long running work may take to finish after the signal to stop, in seconds.',
  }),
}

export const urlVariables = {
  CONSOLE_API_URL: optional(address(), {
    group: 'urls',
    roles: serving,
    description: 'Public base of the console API.',
    defaultNote: 'the address of the request',
  }),
  CONSOLE_WEB_URL: optional(address(), {
    group: 'urls',
    roles: ['all', 'api', 'worker', 'job'],
    description: 'Public base of the console pages; used in links that are sent out.',
    defaultNote: 'the address of the request',
  }),
  SERVICE_API_URL: optional(address(), {
    group: 'urls',
    roles: serving,
    description: 'Public base of the Service API, shown with the API keys.',
    defaultNote: 'the address of the request',
  }),
  APP_WEB_URL: optional(address(), {
    group: 'urls',
    roles: serving,
    description: 'Public base of the published apps; an origin of their own keeps them apart from the console.',
    defaultNote: 'the address of the request',
  }),
  NEXT_PUBLIC_BASE_PATH: optional(basePath(), {
    group: 'urls',
    roles: ['all', 'api', 'worker', 'job'],
    description: 'Path under which everything stands, where a reverse proxy gives the product a part of a host.',
    defaultNote: 'the path of `CONSOLE_WEB_URL`',
  }),
  FILES_URL: optional(address(), {
    group: 'urls',
    description: 'Public base of file links; without one they begin with `/files`, at the address that was asked.',
    defaultNote: '`CONSOLE_API_URL`',
  }),
  TRIGGER_URL: optional(address(), {
    group: 'urls',
    roles: serving,
    description: 'Public base of the addresses of webhooks.',
    defaultNote: 'the address of the request',
  }),
  FILES_ACCESS_TIMEOUT: withDefault('300', wholeNumber({ minimum: 1 }), {
    group: 'urls',
    description: 'How long a signed file link holds, in seconds.',
  }),
}
