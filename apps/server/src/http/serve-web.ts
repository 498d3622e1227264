import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { BasePaths } from '@trellis/config'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** Addresses of published apps and of forms that runs wait for; everything else that is no API is the console. */
const PUBLISHED = /^\/(chat|chatbot|completion|workflow|form)\/[\w-]+/
const API = /^\/(v1|api|console\/api|files|mcp|triggers|e|inner\/api|openapi|health|ready|metrics)(\/|$|\?)/

const ONE_YEAR_SECONDS = 31_536_000

const commonPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob: https: http:",
  "media-src 'self' blob: https: http:",
  "font-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
]

const files = { console: 'index.html', published: 'app.html' }

/** The console may be in nobody's frame; published pages are made to be embedded. */
const policies = {
  console: [...commonPolicy, "frame-ancestors 'none'"].join('; '),
  published: commonPolicy.join('; '),
}

type PageBases = Pick<BasePaths, 'console' | 'published'>

const NO_BASES: PageBases = { console: '', published: '' }

/** Serves the built pages: their files by content hash for a year, the pages themselves fresh each time. */
export async function serveWeb(server: FastifyInstance, folder: string, basePaths: PageBases = NO_BASES): Promise<void> {
  await server.register(fastifyStatic, {
    root: folder,
    // Files are looked for when they are asked for: a new build is served without a restart.
    serve: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (response, path) => {
      const isHashed = path.includes('/assets/') || path.includes('\\assets\\')
      response.header('cache-control', isHashed ? `public, max-age=${ONE_YEAR_SECONDS}, immutable` : 'no-cache')
      // A page asked for by the name of its file is as strict as under its own address.
      if (/\.html(\.\w+)?$/.test(path)) response.header('content-security-policy', policies.console)
    },
  })
  const sendPage = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const kind = PUBLISHED.test(request.url) ? 'published' : 'console'
    const page = await readFile(join(folder, files[kind]), 'utf8').catch(() => NOT_BUILT)
    await reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .header('content-security-policy', policies[kind])
      .send(placePage(page, basePaths[kind]))
  }
  server.get('/', sendPage)
  server.get('/*', async (request, reply) => {
    const path = request.url.split('?')[0] ?? '/'
    if (API.test(request.url)) return reply.callNotFound()
    // What looks like a file and is none must not answer with a page.
    return /\.\w{1,8}$/.test(path) ? reply.sendFile(path.slice(1)) : sendPage(request, reply)
  })
}

/** The build names its files beside the page; a page has many addresses, so they are named from the root of what is ours. */
function placePage(page: string, base: string): string {
  return page.replaceAll(/(?<=\s(?:src|href)=")\.\//g, `${base}/`).replace('<html', `<html data-base-path="${base}"`)
}

const NOT_BUILT = '<!doctype html><title>Trellis</title><p>The pages have not been built: run <code>npm run build</code>.'
