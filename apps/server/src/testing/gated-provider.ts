import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A provider that speaks OpenAI's wire, counts who asks, and answers nobody until the gate is opened. */
export interface GatedProvider {
  /** What a provider's settings call the base address. */
  readonly url: string
  /** Answers that were asked for. */
  readonly asked: number
  /** Answers all that wait, and whoever comes from now on at once. */
  open(): void
  /** From now on everybody waits. */
  shut(): void
  close(): Promise<void>
}

/** What each answer says that it used. */
export const GATED_USAGE = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 }

const FRAMES = [
  { choices: [{ index: 0, delta: { content: 'Done' }, finish_reason: null }] },
  { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
  { choices: [], usage: GATED_USAGE },
]

export async function startGatedProvider(): Promise<GatedProvider> {
  const waiting: ServerResponse[] = []
  let asked = 0
  let isOpen = false
  const answer = (response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.end(
      `${FRAMES.map((frame) => `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', ...frame })}\n\n`).join('')}data: [DONE]\n\n`,
    )
  }
  const server = createServer((request, response) => {
    request.resume()
    if (request.method === 'GET') {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ object: 'list', data: [] }))
      return
    }
    asked += 1
    if (isOpen) answer(response)
    else waiting.push(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    // A server that listens on a port has an AddressInfo.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    get asked() {
      return asked
    },
    open() {
      isOpen = true
      for (const response of waiting.splice(0)) answer(response)
    },
    shut() {
      isOpen = false
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}
