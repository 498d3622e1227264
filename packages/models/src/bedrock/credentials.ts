import { type CredentialField, type Credentials, ProviderError } from '@trellis/spec'
import { secretField, selectField, textField, urlField } from '../openai-compatible/credential-fields.ts'

const REGIONS = [
  'us-east-1',
  'us-east-2',
  'us-west-2',
  'ca-central-1',
  'sa-east-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'us-gov-west-1',
] as const

export const VALIDATION_MODEL = 'global.amazon.nova-2-lite-v1:0'

/** The names are those of Dify's plugin. */
export const bedrockCredentialFields: readonly CredentialField[] = [
  secretField(
    'bedrock_api_key',
    { help: { en_US: 'Or an access key and its secret, below.', zh_Hans: '或在下方填写访问密钥及其私有密钥。' } },
    { en_US: 'Bedrock API key', zh_Hans: 'Bedrock API 密钥' },
  ),
  secretField('aws_access_key_id', {}, { en_US: 'Access key id', zh_Hans: '访问密钥 ID' }),
  secretField('aws_secret_access_key', {}, { en_US: 'Secret access key', zh_Hans: '私有访问密钥' }),
  selectField(
    'aws_region',
    { en_US: 'Region', zh_Hans: '区域' },
    REGIONS.map((region) => [region, { en_US: region }] as const),
    { required: true, default: 'us-east-1' },
  ),
  urlField('bedrock_endpoint_url', 'https://bedrock-runtime.us-east-1.amazonaws.com', {
    help: { en_US: 'Only for an endpoint of your own network (VPC).', zh_Hans: '仅在使用自有网络（VPC）终端节点时填写。' },
  }),
  textField(
    'model_for_validation',
    { en_US: 'Model for the check', zh_Hans: '用于验证的模型' },
    {
      placeholder: { en_US: VALIDATION_MODEL },
      help: { en_US: 'One that your account may call.', zh_Hans: '您的账号可调用的模型。' },
    },
  ),
]

export interface BedrockAccess {
  readonly region: string
  /** Always said: what is left out, the SDK would take from the environment of the server. */
  readonly baseURL: string
  /** Of the service beside it that ranks documents. */
  readonly agentBaseURL: string
  readonly apiKey: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** @throws ProviderError `bad-request` where neither kind of key is whole */
export function toBedrockAccess(credentials: Credentials): BedrockAccess {
  const read = (name: string): string => credentials[name]?.trim() ?? ''
  const apiKey = read('bedrock_api_key')
  const accessKeyId = read('aws_access_key_id')
  const secretAccessKey = read('aws_secret_access_key')
  if (apiKey === '' && (accessKeyId === '' || secretAccessKey === '')) {
    const message = 'Fill in a Bedrock API key (bedrock_api_key), or both aws_access_key_id and aws_secret_access_key.'
    throw new ProviderError('bad-request', message)
  }
  const region = read('aws_region') || 'us-east-1'
  const baseURL = read('bedrock_endpoint_url').replace(/\/+$/, '') || `https://bedrock-runtime.${region}.amazonaws.com`
  return {
    region,
    baseURL,
    agentBaseURL: baseURL.replace('bedrock-runtime', 'bedrock-agent-runtime'),
    apiKey,
    accessKeyId,
    secretAccessKey,
  }
}
