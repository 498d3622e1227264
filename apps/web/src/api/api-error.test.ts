import { describe, expect, it } from 'vitest'
import { toApiError } from './api-error.ts'

describe('toApiError', () => {
  it('takes code, message and field of the common shape', () => {
    expect(toApiError(400, { code: 'invalid_param', message: 'name is too long', status: 400, params: 'name' })).toMatchObject({
      code: 'invalid_param',
      message: 'name is too long',
      status: 400,
      param: 'name',
    })
  })

  it('translates the kinds that the setup routes answer with', () => {
    expect(toApiError(403, { error: { type: 'authorization_error', message: 'Forbidden', status: 403 } })).toMatchObject({
      code: 'already_setup',
      status: 403,
    })
    expect(
      toApiError(422, { error: { type: 'validation_error', message: 'Unprocessable', details: 'password: too short' } }),
    ).toMatchObject({
      code: 'invalid_param',
      message: 'password: too short',
    })
  })

  it('takes how long to wait from the header, where it is a number of seconds', () => {
    const body = { code: 'email_code_login_limit', message: 'Too many', status: 429 }
    expect(toApiError(429, body, '86400').retryAfterSeconds).toBe(86_400)
    expect(toApiError(429, undefined, '60').retryAfterSeconds).toBe(60)
    expect(toApiError(429, body, 'soon').retryAfterSeconds).toBeUndefined()
    expect(toApiError(429, body).retryAfterSeconds).toBeUndefined()
  })

  it('takes the reason of an import that failed', () => {
    const outcome = {
      id: 'i1',
      status: 'failed',
      app_id: null,
      error: 'Invalid YAML',
      details: { reason: 'yaml_broken', values: { line: 2 } },
    }
    expect(toApiError(400, outcome)).toMatchObject({ code: 'import_failed', message: 'Invalid YAML', status: 400, details: outcome })
  })

  it('falls back to the status where the body says nothing', () => {
    expect(toApiError(401, { result: 'fail', message: 'expired' })).toMatchObject({ code: 'unauthorized', message: 'expired' })
    expect(toApiError(502, undefined).code).toBe('service_unavailable')
    expect(toApiError(500, '<html>').code).toBe('unknown')
  })
})
