import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { EgressError } from '@trellis/spec'
import { afterEach } from 'vitest'
import { type ClosableEgress, createEgress, type EgressOptions } from '../create-egress.ts'

export interface EgressBench {
  /** A server on this machine. */
  serve(listener: RequestListener): Promise<{ readonly url: string; readonly port: number; readonly server: Server }>
  anEgress(options?: Partial<EgressOptions>): ClosableEgress
}

/** What tests of outgoing requests stand on, closed after each. */
export function useEgress(): EgressBench {
  const closers: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close()
  })
  return {
    async serve(listener) {
      const server = createServer(listener)
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      closers.push(
        () =>
          new Promise((resolve) => {
            server.close(resolve)
            server.closeAllConnections()
          }),
      )
      const { port } = server.address() as AddressInfo // a TCP server that listens has one
      return { url: `http://127.0.0.1:${port}`, port, server }
    },
    anEgress(options = {}) {
      const egress = createEgress({ modelEndpointAllowPrivate: true, ...options })
      closers.push(() => egress.close())
      return egress
    },
  }
}

export async function failureOf(promise: Promise<unknown>): Promise<EgressError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof EgressError)) throw new TypeError(`expected an EgressError, got ${String(error)}`)
  return error
}

export async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts).toString()
}
