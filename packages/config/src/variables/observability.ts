import { flag, oneOf, optional, text, wholeNumber, withDefault } from '../kinds.ts'

export const observabilityVariables = {
  LOG_LEVEL: withDefault(
    'INFO',
    oneOf(['DEBUG', 'INFO', 'WARNING', 'ERROR'], { warn: 'WARNING', critical: 'ERROR', fatal: 'ERROR', trace: 'DEBUG' }),
    {
      group: 'observability',
      description: 'The least important lines that are written.',
    },
  ),
  LOG_OUTPUT_FORMAT: withDefault('text', oneOf(['text', 'json']), {
    group: 'observability',
    description: 'Lines for people or for machines.',
  }),
  LOG_FILE: optional(text('a path'), {
    group: 'observability',
    description: 'Write the log to this file too. Relative paths start at the data folder.',
  }),
  LOG_FILE_MAX_SIZE: withDefault('20', wholeNumber({ minimum: 1, maximum: 10_240 }), {
    group: 'observability',
    description: 'Size at which a new log file is begun, in MB.',
  }),
  LOG_FILE_BACKUP_COUNT: withDefault('5', wholeNumber({ minimum: 0, maximum: 1000 }), {
    group: 'observability',
    description: 'Older log files that are kept.',
  }),
  METRICS_ENABLED: withDefault('true', flag(), { group: 'observability', description: 'Serve `/metrics` for Prometheus.' }),
  METRICS_TOKEN: optional(
    text('at least 16 characters', (value) => value.length >= 16),
    {
      group: 'observability',
      secret: true,
      description: 'Bearer token that `/metrics` demands. Without it only callers on the same machine get an answer.',
    },
  ),
}
