import type { AppError } from '../errors/app-error.ts'

const types: Readonly<Record<number, readonly [type: string, phrase: string]>> = {
  400: ['bad_request', 'Bad Request'],
  401: ['authentication_error', 'Unauthorized'],
  403: ['authorization_error', 'Forbidden'],
  404: ['resource_not_found', 'Not Found'],
  422: ['validation_error', 'Unprocessable Entity'],
  429: ['too_many_requests', 'Too Many Requests'],
}

/** How set-up, ping and version answer errors (service-api 3.1): `{error: {type, message, status, details?}}`. */
export const frameworkErrors = {
  errorStatus: { invalid_param: 422 },
  errorBody: (error: AppError): object => {
    const status = error.code === 'invalid_param' ? 422 : error.status
    const [type, message] = types[status] ?? ['internal_server_error', 'Internal Server Error']
    return { error: { type, message, status, ...(status >= 500 ? {} : { details: error.message }) } }
  },
} as const
