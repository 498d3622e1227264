// The limit: what Node itself needs to parse a provider's stream and write Dify's frames. No database, no checks, no journal.
// Usage: node raw-proxy.ts <base address of the provider>. Prints {"url": ...} once it listens; ends with its parent.
import { randomUUID } from 'node:crypto'
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

interface ProviderChunk {
  readonly choices: readonly { readonly delta?: { readonly content?: string } }[]
  readonly usage?: object
}

const provider = new URL(`${process.argv[2]}/chat/completions`)
const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY, noDelay: true })

function readBody(incoming: IncomingMessage, onBody: (body: { query: string; user: string }) => void): void {
  let text = ''
  incoming.setEncoding('utf8')
  incoming.on('data', (chunk: string) => {
    text += chunk
  })
  incoming.on('end', () => onBody(JSON.parse(text)))
}

function relay(upstream: IncomingMessage, response: ServerResponse): void {
  const messageId = randomUUID()
  const envelope = {
    conversation_id: randomUUID(),
    message_id: messageId,
    created_at: Math.floor(Date.now() / 1000),
    task_id: randomUUID(),
  }
  let usage: object = {}
  let rest = ''
  const relayLine = (line: string): void => {
    if (!line.startsWith('data: ') || line === 'data: [DONE]') return
    // The limit checks nothing: that is what it is the limit of.
    const chunk = JSON.parse(line.slice('data: '.length)) as ProviderChunk
    if (chunk.usage) usage = chunk.usage
    const answer = chunk.choices[0]?.delta?.content
    if (!answer) return
    const frame = { event: 'message', ...envelope, id: messageId, answer, from_variable_selector: null }
    response.write(`data: ${JSON.stringify(frame)}\n\n`)
  }
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' })
  upstream.setEncoding('utf8')
  upstream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) relayLine(line)
  })
  upstream.on('end', () => {
    response.end(`data: ${JSON.stringify({ event: 'message_end', ...envelope, id: messageId, metadata: { usage } })}\n\n`)
  })
  upstream.on('error', () => response.destroy())
  response.on('close', () => upstream.destroy())
}

const server = createServer((incoming, response) => {
  readBody(incoming, ({ query, user }) => {
    const messages = [{ role: 'user', content: query }]
    const body = JSON.stringify({ model: 'fake', stream: true, stream_options: { include_usage: true }, messages, user })
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const outgoing = request(provider, { agent, method: 'POST', headers }, (upstream) => relay(upstream, response))
    outgoing.on('error', () => response.destroy())
    outgoing.end(body)
  })
})
server.listen(0, '127.0.0.1', () => {
  // A server that listens on a port has an AddressInfo.
  console.log(JSON.stringify({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }))
})
process.once('disconnect', () => process.exit(0))
