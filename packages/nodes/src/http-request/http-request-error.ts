/** What is wrong with a request or its answer; `errorType` is the name that error branches may compare. */
export class HttpRequestError extends Error {
  readonly errorType:
    | 'HttpRequestNodeError'
    | 'AuthorizationConfigError'
    | 'FileFetchError'
    | 'InvalidHttpMethodError'
    | 'ResponseSizeError'
    | 'RequestBodyError'
    | 'InvalidURLError'

  constructor(errorType: HttpRequestError['errorType'], message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options)
    this.name = 'HttpRequestError'
    this.errorType = errorType
  }
}
