import { AppError } from '@trellis/contracts'
import type { FastifyInstance } from 'fastify'

/** Deeper than any configuration or graph; what is deeper still would exhaust the stack of whatever walks it later. */
const MAX_DEPTH = 200

/**
 * Reads JSON bodies, and no others. NUL characters are dropped (no database stores them in text), an empty body counts as none;
 * keys that would reach an object's prototype, and nesting without end, are refused.
 */
export function acceptJsonBodies(server: FastifyInstance): void {
  server.removeContentTypeParser(['application/json', 'text/plain'])
  server.addContentTypeParser(['application/json', 'application/json; charset=utf-8'], { parseAs: 'string' }, (_request, text, done) =>
    readJson(String(text), done),
  )
  server.addContentTypeParser('text/plain', { parseAs: 'string' }, (request, text, done) => {
    if (request.routeOptions.config.contract?.isBeacon) readJson(String(text), done)
    else done(new AppError('unsupported_media_type'), undefined)
  })
}

function readJson(text: string, done: (error: Error | null, body: unknown) => void): void {
  try {
    done(null, text === '' ? undefined : parseJson(text))
  } catch (error) {
    done(AppError.is(error) ? error : new AppError('bad_request', { message: 'The body is not valid JSON.', cause: error }), undefined)
  }
}

function parseJson(text: string): unknown {
  if (isTooDeep(text)) throw new AppError('bad_request', { message: `The body is nested more than ${MAX_DEPTH} levels deep.` })
  // Both the character and the key can be written with escapes.
  const needsCare = text.includes('\\u00') || text.includes('\u0000') || text.includes('__proto__')
  return needsCare ? JSON.parse(text, clean) : JSON.parse(text)
}

function clean(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new AppError('bad_request', { message: 'A key of this name is not accepted: __proto__' })
  return typeof value === 'string' && value.includes('\u0000') ? value.replaceAll('\u0000', '') : value
}

const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d]

function isTooDeep(text: string): boolean {
  if (text.length <= MAX_DEPTH) return false
  let depth = 0
  for (let index = 0; index < text.length; index++) {
    const character = text.charCodeAt(index)
    if (character === QUOTE) {
      index = endOfText(text, index)
      if (index === -1) return false
    } else if (character === OPEN_LIST || character === OPEN_OBJECT) {
      depth++
      if (depth > MAX_DEPTH) return true
    } else if (character === CLOSE_LIST || character === CLOSE_OBJECT) depth--
  }
  return false
}

/** The place of the quote that ends a text; -1 where it has no end. */
function endOfText(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end !== -1) {
    let backslashes = 0
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes++
    if (backslashes % 2 === 0) return end
    end = text.indexOf('"', end + 1)
  }
  return -1
}
