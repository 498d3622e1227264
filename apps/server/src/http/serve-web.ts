import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { BasePaths } from '@trellis/config'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ANYBODY, consolePage, embedHeaders, pageAt } from './page-headers.ts'

/** Everything else is a page. */
const API = /^\/(v1|api|console\/api|files|mcp|triggers|e|inner\/api|openapi|health|ready|metrics)(\/|$|\?)/

/** A file is no page either, but a worker takes its policy from the file that it is. */
const FILE_POLICY = "default-src 'self'; frame-ancestors 'none'"
const ONE_YEAR_SECONDS = 31_536_000

type PageBases = Pick<BasePaths, 'console' | 'published'>

const NO_BASES: PageBases = { console: '', published: '' }
/** The bubble on other people's pages. */
const EMBED_SCRIPT = /[\\/]embed(\.min)?\.js(\.\w+)?$/

export interface WebOptions {
  readonly basePaths?: PageBases
  /** Whose pages may frame published apps; everybody's where absent. */
  readonly frameAncestors?: readonly string[]
}

/** Serves the built pages: their files by content hash for a year, the pages themselves fresh each time. */
export async function serveWeb(server: FastifyInstance, folder: string, options: WebOptions = {}): Promise<void> {
  const { basePaths = NO_BASES, frameAncestors = ANYBODY } = options
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
      if (/\.html(\.\w+)?$/.test(path)) response.headers(consolePage.headers)
      else response.header('content-security-policy', FILE_POLICY)
      if (EMBED_SCRIPT.test(path)) response.headers(embedHeaders)
    },
  })
  const sendPage = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { file, kind, headers } = pageAt(request.url, frameAncestors)
    const page = await readFile(join(folder, file), 'utf8').catch(() => NOT_BUILT)
    await reply.type('text/html; charset=utf-8').headers(headers).header('cache-control', 'no-cache').send(placePage(page, basePaths[kind]))
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
