import { errorCatalog, type RouteContract } from '@trellis/contracts'
import { request } from 'undici'

export interface RawReply {
  readonly status: number
  readonly contentType: string
  readonly text: string
}

/** What must never reach a caller: traces, paths, statements, words of drivers and libraries. */
const LEAKS = [
  /\n\s+at /,
  /node_modules/,
  /\.(ts|js|mjs):\d/,
  /\/(apps\/(server|web)|packages\/\w+\/src|home|root|tmp|var|usr)\//,
  /\b(select|insert into|update|delete from) ["`a-z_]+ (from|values|set|where|\()/i,
  /SQLITE_|SqliteError|violates|relation "|value too long|invalid byte sequence|out of range for type/i,
  /\b(ECONN|ENOENT|EACCES|EPIPE|ETIMEDOUT|ERR_)[A-Z_]*/,
  /FST_/,
  /TypeError|RangeError|Cannot read|is not a function|is not iterable/,
]

/** What is wrong with an answer to bad input; undefined where it is a success or a coded error as the contract has them. */
export function findFault({ status, contentType, text }: RawReply, contract?: RouteContract): string | undefined {
  if (status >= 500) return `it failed with ${status}`
  if (status < 400) return undefined
  const leak = LEAKS.find((pattern) => pattern.test(text))
  if (leak) return `it tells what it should not: ${leak}`
  if (!contentType.startsWith('application/json')) return `it is no JSON but ${contentType}`
  let body: Readonly<Record<string, unknown>>
  try {
    body = JSON.parse(text)
  } catch {
    return 'it is no JSON'
  }
  return findBodyFault(status, body, contract)
}

function findBodyFault(status: number, body: Readonly<Record<string, unknown>>, contract: RouteContract | undefined): string | undefined {
  const { code, message } = body
  if (typeof code === 'string' && typeof message === 'string' && message !== '') {
    if (!(code in errorCatalog)) return `the code ${code} is not in the catalogue`
    return body['status'] === status ? undefined : `its status is ${body['status']} inside and ${status} outside`
  }
  // An outcome that the contract declares for this status, such as that of an import, says in words what was wrong.
  if (contract?.responses[status]?.safeParse(body).success) return body['error'] ? undefined : 'it does not say what was wrong'
  // Shapes of Dify's that differ (service-api 3.1).
  if (!contract?.errorBody) return 'it has no code'
  const { error, custom, result } = body
  const isOther = typeof custom === 'string' || result === 'fail' || (typeof error === 'object' && error !== null && 'type' in error)
  return isOther ? undefined : 'it has no code'
}

export interface RawRequest {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | FormData | undefined
}

/** Walks send tens of thousands of requests, and `fetch` takes more time for one than its answer: it sends forms, which are few. */
export async function sendRaw(url: string, { method, headers, body }: RawRequest): Promise<RawReply> {
  if (body instanceof FormData) {
    const response = await fetch(url, { method, headers, body })
    return { status: response.status, contentType: response.headers.get('content-type') ?? '', text: await response.text() }
  }
  const response = await request(url, { method, headers, body: body ?? null })
  return { status: response.statusCode, contentType: String(response.headers['content-type'] ?? ''), text: await response.body.text() }
}
