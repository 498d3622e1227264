import { Readable } from 'node:stream'
import { silentLogger } from '@trellis/spec'
import { expect, it } from 'vitest'
import { createHttpServer } from './server.ts'

it('closes as soon as the last answer is out, though its connection was to be kept', async () => {
  const server = await createHttpServer({
    logger: silentLogger,
    version: '0',
    environment: 'TEST',
    cors: { consoleOrigins: [], webOrigins: [] },
    trustProxy: false,
    maxBodyBytes: 1_000,
    requestTimeoutMs: 10_000,
    isStrict: true,
  })
  const more = Promise.withResolvers<string>()
  async function* answer(): AsyncGenerator<string> {
    yield 'one '
    yield await more.promise
  }
  server.get('/', (_, reply) => reply.send(Readable.from(answer())))
  const response = await fetch(await server.listen({ port: 0 }))
  const closed = server.close()
  more.resolve('two')
  expect(await response.text()).toBe('one two')
  await closed
})
