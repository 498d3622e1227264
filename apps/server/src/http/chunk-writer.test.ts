import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createChunkWriter } from './chunk-writer.ts'

describe('a chunk writer', () => {
  let server: Server
  afterEach(() => server.close())

  /** All that a server answers to these bytes until it has closed the connection. */
  async function answerTo(bytes: string, listener: RequestListener): Promise<string> {
    server = createServer(listener)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo // a TCP server that listens has one
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    let answer = ''
    socket.setEncoding('utf8').on('data', (text: string) => {
      answer += text
    })
    await once(socket, 'end')
    return answer
  }

  const answerStream: RequestListener = (_, response) => {
    response.writeHead(200, { date: '' })
    response.flushHeaders()
    const chunks = createChunkWriter(response)
    chunks.write('grüße\n')
    response.write('between')
    chunks.write('€')
    response.end()
  }

  it('writes chunks that count bytes, in order with what the response writes itself', async () => {
    const answer = await answerTo('GET / HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n', answerStream)
    expect(answer.split('\r\n\r\n').slice(1).join('\r\n\r\n')).toBe('8\r\ngrüße\n\r\n7\r\nbetween\r\n3\r\n€\r\n0\r\n\r\n')
  })

  it('writes no chunks to a caller that knows none', async () => {
    const answer = await answerTo('GET / HTTP/1.0\r\n\r\n', answerStream)
    expect(answer).toMatch(/\r\n\r\ngrüße\nbetween€$/)
  })

  it('waits for its turn on a connection that has an earlier answer to finish', async () => {
    const responses: (() => void)[] = []
    const answer = answerTo(
      'GET /1 HTTP/1.1\r\nhost: t\r\n\r\nGET /2 HTTP/1.1\r\nhost: t\r\nconnection: close\r\n\r\n',
      (request, response) => {
        response.writeHead(200)
        response.flushHeaders()
        const chunks = createChunkWriter(response)
        chunks.write(`a${request.url}`)
        responses.push(() => {
          chunks.write(`b${request.url}`)
          response.end()
        })
        if (responses.length === 2) for (const finish of responses) finish()
      },
    )
    expect([...(await answer).matchAll(/[ab]\/\d/g)].join(' ')).toBe('a/1 b/1 a/2 b/2')
  })
})
