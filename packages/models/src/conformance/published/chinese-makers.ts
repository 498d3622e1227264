import { errorBody, failureInStream, failureOf, type PublishedFailures } from './published-failure.ts'

const readOn = '2026-11-29'
const zhipuError = (code: string, message: string): object => ({ error: { code, message } })
const moonshotError = (type: string, message: string): object => ({ error: { type, message } })
const arkError = (code: string, type: string, message: string): object => ({ error: { code, type, message, param: '' } })
const minimaxError = (status_code: number, status_msg: string): object => ({ choices: null, base_resp: { status_code, status_msg } })
/** The Chinese makers of models: their codes say more than their statuses. */
export const chineseMakersFailures: readonly PublishedFailures[] = [
  {
    provider: 'moonshot',
    address: 'https://platform.kimi.ai/docs/api/errors',
    readOn,
    failures: [
      failureOf('bad-key', 401, moonshotError('invalid_authentication_error', 'Invalid Authentication')),
      failureOf('bad-key', 401, moonshotError('incorrect_api_key_error', 'Incorrect API key provided')),
      failureOf('bad-key', 429, moonshotError('exceeded_current_quota_error', 'You exceeded your current token quota')),
      failureOf('rate-limit', 429, moonshotError('rate_limit_reached_error', 'Your account reached max request')),
      failureOf('overload', 429, moonshotError('engine_overloaded_error', 'The engine is currently overloaded, please try again later')),
      failureOf('context-length', 400, moonshotError('invalid_request_error', 'Input token length too long')),
      failureOf('context-length', 400, moonshotError('invalid_request_error', 'Your request exceeded model token limit : 262144')),
      failureOf('content-refused', 400, moonshotError('content_filter', 'The request was rejected because it was considered high risk')),
    ],
  },
  {
    provider: 'zhipuai',
    address: 'https://docs.bigmodel.cn/cn/api/api-code',
    readOn,
    failures: [
      failureOf('bad-key', 401, zhipuError('1000', '身份验证失败')),
      failureOf('bad-key', 429, zhipuError('1113', '您的账户已欠费，请充值后重试')),
      failureOf('rate-limit', 429, zhipuError('1302', '您当前使用该 API 的并发数过高，请降低并发，或联系客服增加限额')),
      failureOf('rate-limit', 429, zhipuError('1303', '您当前使用该 API 的频率过高，请降低频率，或联系客服增加限额')),
      failureOf('overload', 429, zhipuError('1312', '该模型当前访问量过大，请您稍后再试')),
      failureOf('overload', 500, zhipuError('500', '内部错误')),
      failureOf('context-length', 400, zhipuError('1261', 'Prompt 超长')),
      failureOf('content-refused', 400, zhipuError('1301', '系统检测到输入或生成内容可能包含不安全或敏感内容')),
    ],
  },
  {
    provider: 'tongyi',
    address: 'https://help.aliyun.com/en/model-studio/error-code',
    readOn,
    failures: [
      failureOf('bad-key', 401, errorBody('Incorrect API key provided.', 'invalid_api_key')),
      failureOf('bad-key', 400, errorBody('Access denied, please make sure your account is in good standing.', 'Arrearage', 'Arrearage')),
      failureOf('rate-limit', 429, errorBody('Requests rate limit exceeded, please try again later.', 'Throttling.RateQuota')),
      failureOf('rate-limit', 429, errorBody('You exceeded your current quota.', 'insufficient_quota', 'insufficient_quota')),
      failureOf(
        'context-length',
        400,
        errorBody('<400> InternalError.Algo.InvalidParameter: Range of input length should be [1, 129024]', 'invalid_parameter_error'),
      ),
      failureOf('content-refused', 400, errorBody('Input data may contain inappropriate content.', 'data_inspection_failed')),
    ],
  },
  {
    provider: 'tongyi',
    address: 'https://github.com/QwenLM/qwen-code/blob/main/packages/core/src/core/openaiContentGenerator/pipeline.ts',
    readOn,
    // In a stream it fails where the answer would be.
    failures: [
      failureInStream('rate-limit', 'error_finish', 'Throttling: TPM(1/1)'),
      failureInStream('overload', 'error_finish', 'Download the media resource timed out'),
    ],
  },
  {
    provider: 'volcengine_maas',
    address: 'https://www.volcengine.com/docs/82379/1299023',
    readOn,
    failures: [
      failureOf(
        'bad-key',
        401,
        arkError('AuthenticationError', 'Unauthorized', 'The API key or AK/SK in the request is missing or invalid.'),
      ),
      failureOf('bad-key', 403, arkError('AccountOverdueError', 'Forbidden', 'Your account has an overdue balance.')),
      failureOf(
        'rate-limit',
        429,
        arkError('RateLimitExceeded.EndpointRPMExceeded', 'TooManyRequests', 'The limit of requests is exceeded.'),
      ),
      failureOf('overload', 429, arkError('ServerOverloaded', 'TooManyRequests', 'The service is currently unable to handle the request.')),
      failureOf(
        'context-length',
        400,
        arkError('OutofContextError', 'BadRequest', 'Total tokens of image and text exceed max message tokens.'),
      ),
      failureOf(
        'content-refused',
        400,
        arkError('InputTextRiskDetection', 'BadRequest', 'The input text violates ContentSecurityDetection.'),
      ),
      failureOf('content-refused', 400, arkError('SensitiveContentDetected', 'BadRequest', 'The input may contain what is not allowed.')),
    ],
  },
  {
    provider: 'minimax',
    address: 'https://platform.minimax.io/docs/api-reference/errorcode',
    readOn,
    failures: [
      failureOf('bad-key', 200, minimaxError(1004, 'not authorized')),
      failureOf('bad-key', 200, minimaxError(1008, 'insufficient balance')),
      failureOf('rate-limit', 200, minimaxError(1002, 'rate limit')),
      failureOf('rate-limit', 200, minimaxError(1039, 'token limit')),
      failureOf('overload', 200, minimaxError(1000, 'unknown error')),
      failureOf('content-refused', 200, minimaxError(1026, 'sensitive content in input')),
      failureOf('content-refused', 200, minimaxError(1027, 'sensitive content in output')),
    ],
  },
  {
    provider: 'siliconflow',
    address: 'https://github.com/siliconflow/dsh-llm-siliconflow/blob/main/src/translate.ts',
    readOn,
    failures: [
      failureInStream('content-refused', 'content_filter'),
      failureInStream('overload', 'insufficient_system_resource'),
      failureOf(
        'context-length',
        400,
        errorBody('This model maximum context length is 128000 tokens; your input exceeds that limit.', 'context_length_exceeded'),
      ),
    ],
  },
  {
    provider: 'siliconflow',
    address: 'https://docs.siliconflow.cn/en/faqs/error-code',
    readOn,
    failures: [
      failureOf('bad-key', 401, '"Invalid token"'),
      failureOf('bad-key', 403, { code: 30001, message: 'Sorry, your account balance is insufficient', data: null }),
      failureOf('rate-limit', 429, { code: 50603, message: 'Request was rejected due to rate limiting.', data: null }),
      failureOf('overload', 503, { code: 50505, message: 'Model service overloaded. Please try again later.', data: null }),
    ],
  },
]
