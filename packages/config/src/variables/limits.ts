import { flag, list, oneOf, optional, wholeNumber, withDefault } from '../kinds.ts'

const dollarRate = (part: string) => /^[A-Z]{3}=\d+(\.\d+)?$/.test(part)
const extension = (part: string) => /^\.?[A-Za-z0-9]+$/.test(part)
const megabytes = wholeNumber({ minimum: 1, maximum: 10_240 })
const count = wholeNumber({ minimum: 1, maximum: 1000 })

export const limitVariables = {
  APP_MAX_EXECUTION_TIME: withDefault('1200', wholeNumber({ minimum: 1 }), {
    group: 'limits',
    description: 'Longest run of an app, in seconds.',
  }),
  APP_DEFAULT_ACTIVE_REQUESTS: withDefault('0', wholeNumber({ minimum: 0 }), {
    group: 'limits',
    description: 'Runs of one app at a time where the app says nothing; 0 is no limit.',
  }),
  APP_MAX_ACTIVE_REQUESTS: withDefault('0', wholeNumber({ minimum: 0 }), {
    group: 'limits',
    description: 'Runs of one app at a time, whatever the app says; 0 is no limit.',
  }),
  APP_MINUTE_RATE_LIMIT: withDefault('0', wholeNumber({ minimum: 0 }), {
    group: 'limits',
    description: 'Requests that one app answers a minute, whatever the app says; 0 is no limit.',
  }),
  APP_HOURLY_RATE_LIMIT: withDefault('0', wholeNumber({ minimum: 0 }), {
    group: 'limits',
    description: 'The same an hour.',
  }),
  APP_DAILY_RATE_LIMIT: withDefault('0', wholeNumber({ minimum: 0 }), {
    group: 'limits',
    description: 'The same a day.',
  }),
  WEBHOOK_REQUEST_BODY_MAX_SIZE: withDefault('10485760', wholeNumber({ minimum: 1, maximum: 1_073_741_824 }), {
    group: 'limits',
    roles: ['all', 'api'],
    description: 'Largest body of a call to a webhook, in bytes.',
  }),
  ENABLE_WORKFLOW_SCHEDULE_POLLER_TASK: withDefault('true', flag(), {
    group: 'limits',
    roles: ['all', 'beat'],
    description: 'Start the runs of workflows whose schedules are due.',
  }),
  RUN_EVENTS_RETENTION_DAYS: withDefault('7', wholeNumber({ minimum: 0, maximum: 36_500 }), {
    group: 'limits',
    roles: ['all', 'beat'],
    description:
      'How long after its end a run can be read again event by event, in days; its message and its figures stay. 0 keeps the events for ever.',
  }),
  AUDIT_LOG_RETENTION_DAYS: withDefault('365', wholeNumber({ minimum: 0, maximum: 36_500 }), {
    group: 'limits',
    roles: ['all', 'beat'],
    description: 'How long the audit log keeps who changed what, in days. 0 keeps it for ever.',
  }),
  MODEL_CALLS_RETENTION_DAYS: withDefault('180', wholeNumber({ minimum: 0, maximum: 36_500 }), {
    group: 'limits',
    roles: ['all', 'beat'],
    description: 'How long each single call of a model is kept, in days; what a day came to stays. 0 keeps the calls for ever.',
  }),
  CURRENCY_RATES_TO_USD: withDefault(
    'RMB=0.145,CNY=0.145,EUR=1.2',
    list('currencies with their rates such as EUR=1.2, comma-separated', dollarRate),
    {
      group: 'limits',
      description:
        'Dollars that a unit of another currency is worth, where models are priced in it. Budgets are in dollars: rather a little too much than too little. Models priced in a currency that is not named here count as models without a price.',
    },
  ),
  UNUSED_FILES_RETENTION_DAYS: withDefault('30', wholeNumber({ minimum: 0, maximum: 36_500 }), {
    group: 'limits',
    roles: ['all', 'beat'],
    description:
      'How old an uploaded file must be to be deleted where no message, run, workflow or icon uses it, in days. 0 keeps all of them.',
  }),
  MULTIMODAL_SEND_FORMAT: withDefault('base64', oneOf(['base64', 'url']), {
    group: 'limits',
    description: 'Whether models get files as content or as links to `FILES_URL`.',
  }),
}

const rate = wholeNumber({ minimum: 1, maximum: 10_000 })

export const uploadVariables = {
  ANNOTATION_IMPORT_FILE_SIZE_LIMIT: withDefault('2', megabytes, {
    group: 'uploads',
    roles: ['all', 'api'],
    description: 'Largest CSV file of annotations, in MB.',
  }),
  ANNOTATION_IMPORT_MIN_RECORDS: withDefault('1', wholeNumber({ minimum: 1 }), {
    group: 'uploads',
    roles: ['all', 'api'],
    description: 'Annotations that a CSV file has at least.',
  }),
  ANNOTATION_IMPORT_MAX_RECORDS: withDefault('10000', wholeNumber({ minimum: 1, maximum: 100_000 }), {
    group: 'uploads',
    roles: ['all', 'api'],
    description: 'Annotations that a CSV file has at most.',
  }),
  ANNOTATION_IMPORT_RATE_LIMIT_PER_MINUTE: withDefault('5', rate, {
    group: 'uploads',
    roles: ['all', 'api'],
    description: 'CSV files of annotations that a workspace may import a minute.',
  }),
  ANNOTATION_IMPORT_RATE_LIMIT_PER_HOUR: withDefault('20', rate, {
    group: 'uploads',
    roles: ['all', 'api'],
    description: 'The same an hour.',
  }),
  ANNOTATION_IMPORT_MAX_CONCURRENT: withDefault('2', rate, {
    group: 'uploads',
    roles: ['all', 'api'],
    description: 'The same at one time.',
  }),
  UPLOAD_FILE_SIZE_LIMIT: withDefault('15', megabytes, { group: 'uploads', description: 'Largest document, in MB.' }),
  UPLOAD_IMAGE_FILE_SIZE_LIMIT: withDefault('10', megabytes, { group: 'uploads', description: 'Largest image, in MB.' }),
  UPLOAD_AUDIO_FILE_SIZE_LIMIT: withDefault('50', megabytes, { group: 'uploads', description: 'Largest audio file, in MB.' }),
  UPLOAD_VIDEO_FILE_SIZE_LIMIT: withDefault('100', megabytes, { group: 'uploads', description: 'Largest video, in MB.' }),
  UPLOAD_FILE_BATCH_LIMIT: withDefault('5', count, { group: 'uploads', description: 'Files that the console sends at once.' }),
  IMAGE_FILE_BATCH_LIMIT: withDefault('10', count, { group: 'uploads', description: 'Images that the console sends at once.' }),
  SINGLE_CHUNK_ATTACHMENT_LIMIT: withDefault('10', count, { group: 'uploads', description: 'Attachments of one chunk of a document.' }),
  ATTACHMENT_IMAGE_FILE_SIZE_LIMIT: withDefault('2', megabytes, {
    group: 'uploads',
    description: 'Largest image inside a document, in MB.',
  }),
  WORKFLOW_FILE_UPLOAD_LIMIT: withDefault('10', count, { group: 'uploads', description: 'Files of one run.' }),
  UPLOAD_FILE_EXTENSION_BLACKLIST: optional(list('file extensions, comma-separated', extension), {
    group: 'uploads',
    description: 'Extensions that are refused.',
    defaultNote: 'none',
  }),
}
