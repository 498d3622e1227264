import { address, flag, oneOf, optional, text, withDefault } from '../kinds.ts'

export const storageTypes = ['local', 's3'] as const

export const storageVariables = {
  STORAGE_TYPE: withDefault('local', text(`one of ${storageTypes.join(', ')} (opendal with OPENDAL_SCHEME=fs is taken as local)`), {
    group: 'storage',
    description: 'Where files live: `local` in a folder, `s3` in a bucket of any S3-compatible service.',
  }),
  STORAGE_LOCAL_PATH: optional(text('a path'), {
    group: 'storage',
    description: 'The folder of `local`. Relative paths start at the data folder.',
    defaultNote: '`OPENDAL_FS_ROOT`, else `storage`',
  }),
  STORAGE_LOCAL_SHARED: withDefault('false', flag(), {
    group: 'storage',
    roles: ['api', 'worker', 'beat'],
    description:
      'Says that `STORAGE_LOCAL_PATH` is one and the same folder for every process (a network file system, one machine). `api`, `worker` and `beat` take `local` only with it.',
  }),
  OPENDAL_SCHEME: withDefault('fs', text('fs'), { group: 'storage', description: 'Read with `STORAGE_TYPE=opendal`.' }),
  OPENDAL_FS_ROOT: optional(text('a path'), { group: 'storage', description: 'The same as `STORAGE_LOCAL_PATH`.' }),
  S3_BUCKET_NAME: optional(
    text('a bucket name of at least 3 characters', (value) => value.length >= 3),
    { group: 'storage', description: 'The bucket.' },
  ),
  S3_ENDPOINT: optional(address(), { group: 'storage', description: 'Address of the service, where it is not AWS.' }),
  S3_REGION: withDefault('us-east-1', text('a region'), { group: 'storage', description: 'Region of the bucket.' }),
  S3_ACCESS_KEY: optional(text('an access key'), { group: 'storage', secret: true, description: 'Access key id.' }),
  S3_SECRET_KEY: optional(text('a secret key'), { group: 'storage', secret: true, description: 'Secret access key.' }),
  S3_ADDRESS_STYLE: withDefault('auto', oneOf(['auto', 'virtual', 'path']), {
    group: 'storage',
    description: 'Whether the bucket stands in the host name (`virtual`) or in the path; `auto` takes the path where `S3_ENDPOINT` is set.',
  }),
  S3_USE_AWS_MANAGED_IAM: withDefault('false', flag(), {
    group: 'storage',
    description: "Take the credentials from the machine's role instead of the keys.",
  }),
}
