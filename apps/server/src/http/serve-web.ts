import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** Addresses of published apps; everything else that is no API is the console. */
const PUBLISHED = /^\/(chat|chatbot|completion|workflow)\/[\w-]+/
const API = /^\/(v1|api|console\/api|files|mcp|triggers|e|inner\/api|openapi|health|ready|metrics)(\/|$|\?)/

const ONE_YEAR_SECONDS = 31_536_000

const commonPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob: https: http:",
  "media-src 'self' blob: https: http:",
  "font-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
]

/** The console may be in nobody's frame; published pages are made to be embedded. */
const policies = {
  console: [...commonPolicy, "frame-ancestors 'none'"].join('; '),
  published: commonPolicy.join('; '),
}

/** Serves the built pages: their files by content hash for a year, the pages themselves fresh each time. */
export async function serveWeb(server: FastifyInstance, folder: string): Promise<void> {
  const pages = { console: readPage(folder, 'index.html'), published: readPage(folder, 'app.html') }
  await server.register(fastifyStatic, {
    root: folder,
    index: false,
    wildcard: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (response, path) => {
      const isHashed = path.includes('/assets/') || path.includes('\\assets\\')
      response.header('cache-control', isHashed ? `public, max-age=${ONE_YEAR_SECONDS}, immutable` : 'no-cache')
    },
  })
  const sendPage = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const kind = PUBLISHED.test(request.url) ? 'published' : 'console'
    await reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .header('content-security-policy', policies[kind])
      .send(pages[kind])
  }
  server.get('/', sendPage)
  server.get('/*', async (request, reply) => {
    const path = request.url.split('?')[0] ?? '/'
    // What looks like a file and is none must not answer with a page.
    if (API.test(request.url) || /\.\w{1,8}$/.test(path)) return reply.callNotFound()
    return sendPage(request, reply)
  })
}

function readPage(folder: string, name: string): string {
  const file = join(folder, name)
  return existsSync(file)
    ? readFileSync(file, 'utf8')
    : '<!doctype html><title>Trellis</title><p>The pages have not been built: run <code>npm run build</code>.'
}
