import type { EgressRequest } from '@trellis/spec'
import { type AuthorizationHeader, authorizationHeader } from './authorization.ts'
import { type BodyContext, buildBody } from './body.ts'
import type { HttpRequestConfig } from './config.ts'
import { encodeForm } from './form-encoding.ts'
import { HttpRequestError } from './http-request-error.ts'
import { parseLines } from './lines.ts'
import type { Render, Rendered, RenderedPair } from './rendered.ts'
import { logRequest } from './request-log.ts'

export interface BuiltRequest {
  readonly request: Pick<EgressRequest, 'url' | 'headers' | 'body' | 'bodySizeBytes'>
  /** The request as records show it: authorization masked, secrets obfuscated, files described. */
  readonly log: string
}

/** Fills in what the node declares (workflow spec 2.18). @throws HttpRequestError; what the file service throws */
export async function buildRequest(config: HttpRequestConfig, context: BodyContext): Promise<BuiltRequest> {
  const { render } = context
  const authorization = authorizationHeader(config.authorization, render)
  const url = readUrl(config.url, render)
  const params = readParams(config.params, render)
  const headers = render(config.headers)
  const body = await buildBody(config.body, context)
  return {
    request: {
      url: params.length === 0 ? url.text : withParams(url.text, params),
      headers: assembleHeaders(headers.text, authorization, body),
      ...body.content,
    },
    log: logRequest({
      method: config.method,
      url: url.log,
      params: params.map(({ name, value }) => [name.log, value.log]),
      headers: assembleHeaders(headers.log, authorization, { ...body, multipartType: body.logContentType }),
      secretHeader: authorization?.name,
      body: body.log,
    }),
  }
}

function readUrl(source: string, render: Render): Rendered {
  const url = render(source)
  if (url.text === '')
    throw new HttpRequestError('InvalidURLError', 'The request has no URL. Enter one, or check the variable that it comes from.')
  if (!/^https?:\/\//.test(url.text)) throw new HttpRequestError('InvalidURLError', 'The URL must begin with http:// or https://.')
  return url
}

/** Split first, then filled in: a value may have line ends and colons. */
const readParams = (source: string, render: Render): readonly RenderedPair[] =>
  parseLines(source)
    .filter(([name]) => name !== '')
    .map(([name, value]) => ({ name: render(name), value: render(value) }))

/** Parameters take the place of a query that the URL has; those of one name stand together. */
function withParams(url: string, params: readonly RenderedPair[]): string {
  const groups = Map.groupBy(params, ({ name }) => name.text)
  const pairs = [...groups.values()].flat().map(({ name, value }) => [name.text, value.text] as const)
  return `${url.replace(/[?#].*$/s, '')}?${encodeForm(pairs)}`
}

function assembleHeaders(
  source: string,
  authorization: AuthorizationHeader | undefined,
  body: { readonly contentType?: string | undefined; readonly multipartType?: string | undefined },
): Readonly<Record<string, string>> {
  const headers = new Map(parseLines(source).filter(([name]) => name !== ''))
  if (authorization) set(headers, authorization.name, authorization.value)
  if (body.multipartType !== undefined) set(headers, 'Content-Type', body.multipartType)
  else if (body.contentType !== undefined && !has(headers, 'content-type')) headers.set('Content-Type', body.contentType)
  return Object.fromEntries(headers)
}

const has = (headers: ReadonlyMap<string, string>, name: string): boolean =>
  [...headers.keys()].some((given) => given.toLowerCase() === name.toLowerCase())

function set(headers: Map<string, string>, name: string, value: string): void {
  for (const given of headers.keys()) if (given.toLowerCase() === name.toLowerCase() && given !== name) headers.delete(given)
  headers.set(name, value)
}
