import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A page of somebody else, at an origin and a site of its own. */
export interface ForeignPage {
  readonly url: string
  close(): Promise<void>
}

export interface ForeignContent {
  /** Where scripts and frames may come from, besides the page's own. */
  readonly allowedOrigin: string
  /** Its own scripts are allowed. */
  readonly markup: string
}

const NONCE = 'of-this-page'

/**
 * Serves a page whose policy is as strict as one can be with a foreign script: no styles in markup, no script made of text, no requests. What
 * is embedded has to work on it.
 */
export async function serveForeignPage({ allowedOrigin, markup }: ForeignContent): Promise<ForeignPage> {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${NONCE}' ${allowedOrigin}`,
    'img-src data:',
    `frame-src ${allowedOrigin}`,
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ]
  const page = [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>A shop</title><link rel="icon" href="data:,"></head>`,
    `<body><h1>A shop</h1><p><input aria-label="Search the shop"></p>${markup.replaceAll('<script>', `<script nonce="${NONCE}">`)}</body></html>`,
  ].join('')
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8').setHeader('content-security-policy', policy.join('; ')).end(page)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A server that listens to a port has an address of this kind.
  const { port } = server.address() as AddressInfo
  return {
    // Another site than 127.0.0.1, so that its frames are third parties to it.
    url: `http://localhost:${port}`,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
