import { once } from 'node:events'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import fastify from 'fastify'
import { expect, it } from 'vitest'
import { sendAudio } from './send-audio.ts'

it('lets go of the voice where its listener has left before the first sound', async () => {
  const server = fastify()
  let letGo: () => void = () => undefined
  const isFree = new Promise<void>((resolve) => {
    letGo = resolve
  })
  async function* speak(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) yield new Uint8Array(16)
    } finally {
      letGo()
    }
  }
  server.get('/', async (_request, reply) => {
    client.destroy()
    await once(reply.raw, 'close')
    return sendAudio(reply, speak())
  })
  await server.listen({ host: '127.0.0.1', port: 0 })
  const { port } = server.server.address() as AddressInfo // listening on a port
  const client = request({ host: '127.0.0.1', port }).on('error', () => undefined)
  client.end()
  await expect(isFree).resolves.toBeUndefined()
  await server.close()
})
