export { ApiError, type ClientErrorCode } from './api-error.ts'
export { type CallOptions, type Client, type ClientOptions, createClient, type StreamFrame, type StreamOptions } from './create-client.ts'
