import { AppError } from '@trellis/contracts'
import type { FastifyInstance } from 'fastify'

/**
 * Reads JSON bodies. NUL characters are dropped (no database stores them in text), an empty body counts as none,
 * and keys that would reach an object's prototype are refused.
 */
export function acceptJsonBodies(server: FastifyInstance): void {
  server.removeContentTypeParser('application/json')
  server.addContentTypeParser(['application/json', 'application/json; charset=utf-8'], { parseAs: 'string' }, (_request, text, done) => {
    if (text === '') return done(null, undefined)
    try {
      done(null, parseJson(String(text)))
    } catch (error) {
      done(AppError.is(error) ? error : new AppError('bad_request', { message: 'The body is not valid JSON.', cause: error }), undefined)
    }
  })
}

function parseJson(text: string): unknown {
  const needsCare = text.includes('\\u0000') || text.includes('\u0000') || text.includes('__proto__')
  return needsCare ? JSON.parse(text, clean) : JSON.parse(text)
}

function clean(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new AppError('bad_request', { message: 'A key of this name is not accepted: __proto__' })
  return typeof value === 'string' && value.includes('\u0000') ? value.replaceAll('\u0000', '') : value
}
