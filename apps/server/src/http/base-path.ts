import type { IncomingMessage } from 'node:http'
import type { BasePaths } from '@trellis/config'

declare module 'fastify' {
  interface FastifyInstance {
    /** What stands before our own paths in public addresses; empty, or with a leading slash. Only servers of `createHttpServer` have it. */
    readonly basePath?: string
  }
}

/** Takes the base off an address: some proxies leave it there, others have taken it off already. */
export function createPathRewriter({ all, console, published }: BasePaths): (request: Pick<IncomingMessage, 'url'>) => string {
  // A longer base may begin with a shorter one.
  const bases = [...new Set([all, console, published])].filter((base) => base !== '').sort((one, other) => other.length - one.length)
  return ({ url = '/' }) => {
    const base = bases.find((each) => url.startsWith(each) && /^([/?]|$)/.test(url.slice(each.length)))
    const rest = url.slice(base?.length ?? 0)
    return rest.startsWith('/') ? rest : `/${rest}`
  }
}
