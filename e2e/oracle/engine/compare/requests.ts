import { parseJson } from '../../../../packages/values/src/index.ts'
import type { OracleObject, OracleValue } from '../case.ts'
import type { SentRequest } from './fake-http.ts'
import { encode } from './values.ts'

/** A request in the form that is compared: what a server would be told, whichever client tells it. */
export interface ComparableRequest {
  readonly node: string
  readonly method: string
  readonly url: string
  readonly headers: OracleObject
  readonly body: OracleValue
}

/** Ours goes out as bytes. */
export const fromSent = ({ node, method, url, headers, body }: SentRequest): ComparableRequest => ({
  node,
  method: method.toLowerCase(),
  url,
  headers,
  body: headers['Content-Type'] === 'application/json' ? encode(parseJson(body)) : body,
})

/** Theirs is what graphon hands to its client. Params take the place of the address's query there. */
export function fromRecordedRequest({ node, method, url, headers = {}, params, json, data, content }: OracleObject): ComparableRequest {
  return {
    // The fake records texts under these names, an object of headers, and pairs of params.
    node: node as string,
    method: method as string,
    url:
      params === undefined ? (url as string) : `${(url as string).split('?')[0]}?${encodePairs(params as readonly (readonly string[])[])}`,
    headers: headers as OracleObject,
    body: json ?? (data === undefined ? (content ?? '') : encodePairs(Object.entries(data as Readonly<Record<string, string>>))),
  }
}

const encodePairs = (pairs: readonly (readonly string[])[]): string =>
  new URLSearchParams(pairs.map(([name = '', value = '']) => [name, value])).toString()
