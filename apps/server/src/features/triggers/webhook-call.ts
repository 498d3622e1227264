import { type Dict, isDict, type Value } from '@trellis/values'
import { type ReceivedBody, readBody, readPairs } from './webhook-body.ts'
import { contentTypes, type WebhookConfig, type WebhookContentType } from './webhook-config.ts'
import { readParameters, refuse } from './webhook-values.ts'

/** A request as it came. */
export interface WebhookRequest {
  readonly method: string
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** Without its question mark. */
  readonly query: string
  readonly bytes: Buffer
}

/** A call that its node accepts; files are not stored yet. */
export interface WebhookCall extends ReceivedBody {
  readonly method: string
  readonly headers: Dict
  readonly queryParams: Dict
}

/**
 * Checks a request against its node: method, content type, headers, query, body, in this order (service-api 6.2).
 * @throws AppError `bad_request` with what was wrong
 */
export async function readCall(config: WebhookConfig, request: WebhookRequest): Promise<WebhookCall> {
  if (request.method.toLowerCase() !== config.method) {
    refuse(`This webhook is called by ${config.method.toUpperCase()}, not by ${request.method}.`)
  }
  const header = textOf(request.headers['content-type'])
  assertContentType(config.content_type, header)
  assertHeaders(config, request)
  const queryParams = readParameters(readPairs(request.query), config.params, { place: 'query parameter', isText: true })
  const received = await readBody(config.content_type, header, request.bytes)
  return { ...received, method: request.method, headers: toHeaders(request), queryParams, body: checkBody(config, received) }
}

const textOf = (header: string | readonly string[] | undefined): string => (typeof header === 'object' ? header.join(', ') : (header ?? ''))

function assertContentType(expected: WebhookContentType, header: string): void {
  const [given = ''] = header.split(';')
  const type = given.trim().toLowerCase() || contentTypes[0]
  if (type !== expected) refuse(`This webhook takes ${expected}, not ${type}. Send it as the header Content-Type.`)
}

const asName = (name: string): string => name.toLowerCase().replaceAll('-', '_')

function assertHeaders({ headers }: WebhookConfig, request: WebhookRequest): void {
  const given = new Set(Object.keys(request.headers).map(asName))
  const missing = headers.find(({ name, required }) => required && !given.has(asName(name)))
  if (missing) refuse(`The header "${missing.name}" is required.`)
}

/** As Dify's server spells them: `X-Request-Id`. */
const toHeaders = ({ headers }: WebhookRequest): Dict =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase()), textOf(value)]),
  )

function checkBody({ content_type: type, body: declared }: WebhookConfig, { body, files, whole }: ReceivedBody): Value {
  if (type === 'text/plain' || type === 'application/octet-stream') {
    const isEmpty = !whole && (!isDict(body) || !body['raw'])
    if (isEmpty && declared.some(({ required }) => required)) refuse('The body is required, and was empty.')
    return body
  }
  // A list or a bare value has no fields.
  const fields = isDict(body) ? body : {}
  const isForm = type !== 'application/json'
  const isFileField = (field: { readonly type: string }): boolean => type === 'multipart/form-data' && field.type === 'file'
  const sent = new Set(files.map(({ field }) => field))
  const missing = declared.find((field) => isFileField(field) && field.required && !sent.has(field.name))
  if (missing) refuse(`The body field "${missing.name}" is required: send a file in it.`)
  const others = declared.filter((field) => !isFileField(field))
  const checked = readParameters(fields, others, { place: 'body field', isText: isForm })
  return isDict(body) ? checked : body
}
