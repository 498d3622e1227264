import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import fastify, { type FastifyInstance } from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import { type EventStreamOptions, sendEventStream } from './event-stream.ts'

const FRAME = `data: ${'x'.repeat(20_000)}\n\n`

describe('an event stream', () => {
  let server: FastifyInstance
  const sockets: Socket[] = []
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy()
    await server.close()
  })

  /** A server that streams; resolves with a socket that has asked, and the end of the stream on the server's side. */
  async function open(
    options: Partial<EventStreamOptions<string>> & Pick<EventStreamOptions<string>, 'batches'>,
    before = async () => undefined,
  ) {
    const closed = Promise.withResolvers<void>()
    const errors: unknown[] = []
    server = fastify()
    server.get('/', async (_, reply) => {
      await before()
      await sendEventStream(reply, {
        toFrames: (frames) => frames,
        onError: (error) => errors.push(error),
        onOpen: () => closed.resolve,
        ...options,
      })
    })
    const address = new URL(await server.listen({ port: 0, host: '127.0.0.1' }))
    const socket = connect(Number(address.port), '127.0.0.1')
    sockets.push(socket)
    socket.on('error', () => undefined)
    socket.write('GET / HTTP/1.1\r\nhost: test\r\n\r\n')
    return { socket, closed: closed.promise, errors }
  }

  it('goes at its reader’s pace, and leaves no listeners behind', async () => {
    let given = 0
    let ended = false
    const { socket, closed } = await open({
      async *batches() {
        for (; given < 2_000; given++) yield FRAME
        ended = true
      },
    })
    const warnings: Error[] = []
    const onWarning = (warning: Error): void => void warnings.push(warning)
    process.on('warning', onWarning)
    await once(socket, 'readable')
    // As much as sockets take, and no more.
    let before = -1
    const isAtRest = (): boolean => {
      const isSame = given === before
      before = given
      return isSame
    }
    await expect.poll(isAtRest, { interval: 100 }).toBe(true)
    expect(ended).toBe(false)
    socket.resume()
    await closed
    expect(given).toBe(2_000)
    process.off('warning', onWarning)
    expect(warnings).toEqual([])
  })

  it('is over when its reader leaves, while it waits for frames or for the socket', async () => {
    for (const batches of [
      async function* (signal: AbortSignal) {
        yield FRAME
        if (!signal.aborted) await once(signal, 'abort')
      },
      async function* () {
        while (true) yield FRAME
      },
    ]) {
      const { socket, closed, errors } = await open({ batches })
      await once(socket, 'readable')
      socket.destroy()
      await closed
      expect(errors).toEqual([])
      await server.close()
    }
  })

  it('gives up a reader that takes nothing for long', async () => {
    let isGivenUp = false
    const { socket, closed, errors } = await open({
      stallMs: 200,
      async *batches(signal) {
        signal.addEventListener('abort', () => {
          isGivenUp = true
        })
        while (true) yield FRAME
      },
    })
    await once(socket, 'readable')
    await closed
    expect(isGivenUp).toBe(true)
    expect(errors).toEqual([])
  })

  it('never begins for a caller who left before', async () => {
    const left = Promise.withResolvers<undefined>()
    let asked = 0
    const arrived = Promise.withResolvers<void>()
    const { socket, closed } = await open(
      {
        async *batches(signal) {
          asked += 1
          if (signal.aborted) return
          while (true) yield FRAME
        },
      },
      () => {
        arrived.resolve()
        return left.promise
      },
    )
    await arrived.promise
    socket.destroy()
    await expect.poll(() => new Promise((resolve) => server.server.getConnections((_, count) => resolve(count)))).toBe(0)
    left.resolve(undefined)
    await closed
    expect(asked).toBe(1)
  })

  it('breaks off where its frames fail', async () => {
    const { socket, closed, errors } = await open({
      // biome-ignore lint/correctness/useYield: it fails before
      async *batches() {
        throw new TypeError('no')
      },
    })
    socket.resume()
    await Promise.all([closed, once(socket, 'close')])
    expect(errors).toMatchObject([{ message: 'no' }])
  })
})
