import { resolve } from 'node:path'
import type { StorageConfig } from './config.ts'
import type { Environment } from './environment.ts'
import type { Findings } from './findings.ts'
import { storageTypes } from './variables/storage.ts'

const notYet = [
  'azure-blob',
  'aliyun-oss',
  'google-storage',
  'tencent-cos',
  'oci-storage',
  'huawei-obs',
  'baidu-obs',
  'volcengine-tos',
  'supabase',
  'clickzetta-volume',
]

export function readStorage(environment: Environment, dataFolder: string, findings: Findings): StorageConfig {
  const type = readType(environment, findings)
  if (type === 's3') return readS3(environment, findings)
  return { type, folder: resolve(dataFolder, environment.STORAGE_LOCAL_PATH ?? environment.OPENDAL_FS_ROOT ?? 'storage') }
}

function readType(environment: Environment, findings: Findings): StorageConfig['type'] {
  const given = environment.STORAGE_TYPE.toLowerCase()
  const known = storageTypes.find((type) => type === given)
  if (known) return known
  if (given === 'opendal') {
    if (environment.OPENDAL_SCHEME.toLowerCase() !== 'fs') {
      findings.fault('OPENDAL_SCHEME', 'Only fs is supported. For a bucket set STORAGE_TYPE=s3 and the S3_* variables.')
    }
    return 'local'
  }
  const reason = notYet.includes(given) ? `${given} is not yet supported. ` : ''
  findings.fault('STORAGE_TYPE', `${reason}Expected one of ${storageTypes.join(', ')}, or opendal with OPENDAL_SCHEME=fs.`)
  return 'local'
}

function readS3(environment: Environment, findings: Findings): StorageConfig {
  if (environment.S3_BUCKET_NAME === undefined) findings.fault('S3_BUCKET_NAME', 'STORAGE_TYPE=s3 needs the name of the bucket.')
  return {
    type: 's3',
    bucket: environment.S3_BUCKET_NAME ?? '',
    region: environment.S3_REGION,
    endpoint: environment.S3_ENDPOINT,
    credentials: readCredentials(environment, findings),
    usesPathStyle:
      environment.S3_ADDRESS_STYLE === 'path' || (environment.S3_ADDRESS_STYLE === 'auto' && environment.S3_ENDPOINT !== undefined),
  }
}

function readCredentials(environment: Environment, findings: Findings) {
  const { S3_ACCESS_KEY: accessKeyId, S3_SECRET_KEY: secretAccessKey } = environment
  if (environment.S3_USE_AWS_MANAGED_IAM) return undefined
  const alternative = 'Give both keys, or set S3_USE_AWS_MANAGED_IAM=true to take them from the machine.'
  if (accessKeyId === undefined) findings.fault('S3_ACCESS_KEY', `STORAGE_TYPE=s3 needs it. ${alternative}`)
  if (secretAccessKey === undefined) findings.fault('S3_SECRET_KEY', `STORAGE_TYPE=s3 needs it. ${alternative}`)
  return accessKeyId === undefined || secretAccessKey === undefined ? undefined : { accessKeyId, secretAccessKey }
}
