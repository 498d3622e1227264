import type { ErrorCode } from '../errors/catalog.ts'

/** What every route that asks a model may answer (service-api 1.1, 2.6). */
export const runErrors = [
  'app_unavailable',
  'provider_not_initialize',
  'provider_quota_exceeded',
  'model_currently_not_support',
  'completion_request_error',
  'api_extension_failed',
  'too_many_requests',
  'rate_limit_error',
  'run_interrupted',
  'run_timeout',
  'file_not_found',
  'internal_server_error',
  'service_unavailable',
  'dependency_unavailable',
] as const satisfies readonly ErrorCode[]
