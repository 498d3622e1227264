import { flag, list, optional, text, wholeNumber, withDefault } from '../kinds.ts'

const working = ['all', 'worker'] as const
const named = (part: string) => /^[\w-]+$/.test(part)

export const jobVariables = {
  CELERY_BROKER_URL: optional(text('an address that begins with redis://, rediss:// or sentinel://'), {
    group: 'jobs',
    secret: true,
    description:
      'A Redis server of their own for jobs (`redis://user:password@host:port/database`; several `sentinel://host:port` with `;` between them).',
    defaultNote: 'the Redis above, else the database',
  }),
  CELERY_USE_SENTINEL: withDefault('false', flag(), { group: 'jobs', description: 'The addresses in `CELERY_BROKER_URL` are Sentinels.' }),
  CELERY_SENTINEL_MASTER_NAME: optional(text('a name'), { group: 'jobs', description: 'Name of the master that those Sentinels watch.' }),
  CELERY_SENTINEL_PASSWORD: optional(text('a password'), { group: 'jobs', secret: true, description: 'Password of those Sentinels.' }),
  CELERY_WORKER_AMOUNT: withDefault('4', wholeNumber({ minimum: 1, maximum: 1024 }), {
    group: 'jobs',
    roles: working,
    description: 'Jobs that one process works on at a time.',
  }),
  CELERY_WORKER_CONCURRENCY: optional(wholeNumber({ minimum: 1, maximum: 1024 }), {
    group: 'jobs',
    roles: working,
    description: 'The same; wins over `CELERY_WORKER_AMOUNT` and `CELERY_AUTO_SCALE`.',
  }),
  CELERY_AUTO_SCALE: withDefault('false', flag(), {
    group: 'jobs',
    roles: working,
    description: 'Work on up to `CELERY_MAX_WORKERS` jobs at a time.',
  }),
  CELERY_MAX_WORKERS: optional(wholeNumber({ minimum: 1, maximum: 1024 }), {
    group: 'jobs',
    roles: working,
    description: 'Most jobs at a time with `CELERY_AUTO_SCALE`.',
    defaultNote: 'number of processors',
  }),
  CELERY_MIN_WORKERS: withDefault('1', wholeNumber({ minimum: 1, maximum: 1024 }), {
    group: 'jobs',
    roles: working,
    description: 'Fewest jobs at a time with `CELERY_AUTO_SCALE`.',
  }),
  CELERY_QUEUES: optional(list('queue names, comma-separated', named), {
    group: 'jobs',
    roles: working,
    description: 'The queues that this process works on.',
    defaultNote: 'all',
  }),
  CELERY_WORKER_QUEUES: optional(list('queue names, comma-separated', named), {
    group: 'jobs',
    roles: working,
    description: 'The same; wins over `CELERY_QUEUES`.',
  }),
}
