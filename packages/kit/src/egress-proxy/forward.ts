import { type ClientRequest, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { EgressError } from '@trellis/spec'
import { toEgressError } from '../egress/failure.ts'
import { isHopHeader } from '../egress/headers.ts'
import { type EgressTarget, portOf, requestTargetOf } from '../egress/index.ts'
import { answerError } from './answers.ts'
import { checkFromHere, type Dialling, dial, requestOfProxy } from './dial.ts'
import { type Passage, toPassageError } from './passage.ts'
import { assertNoLoop, parseForwardUrl } from './target.ts'

export interface ForwardOptions extends Omit<Dialling, 'signal'> {
  readonly maxHeaderBytes: number
  readonly maxBytes: number
  readonly nextProxyUrl: string | undefined
}

/** Serves one plain request: `GET http://host/path`. Never rejects. */
export async function forward(
  incoming: { readonly request: IncomingMessage; readonly response: ServerResponse },
  passage: Passage,
  options: ForwardOptions,
): Promise<void> {
  const { request, response } = incoming
  response.once('close', () => {
    if (!response.writableFinished) passage.abort(new EgressError('aborted', 'The client went away.'))
  })
  try {
    assertNoLoop(request, options.viaMark)
    const url = parseForwardUrl(request)
    passage.target = `${url.hostname}:${portOf(url)}`
    const outgoing = await open(request, url, { ...options, signal: passage.signal })
    await relay({ request, response, outgoing, url }, passage, options)
    passage.end({ status: response.statusCode })
  } catch (reason) {
    const error = toPassageError(reason, passage)
    passage.end({ status: answerError(response, error), error })
  }
}

async function open(request: IncomingMessage, url: URL, options: ForwardOptions & Dialling): Promise<ClientRequest> {
  const target: EgressTarget = { hostname: url.hostname, port: portOf(url), policy: 'content' }
  const common = {
    method: request.method ?? 'GET',
    headers: toForwardedHeaders(request, url, options.viaMark),
    setHost: false,
    maxHeaderSize: options.maxHeaderBytes,
  }
  if (options.nextProxyUrl !== undefined) {
    await checkFromHere(target, options)
    return requestOfProxy(options.nextProxyUrl, { ...common, path: url.origin + requestTargetOf(url) })
  }
  const socket = await dial(target, options)
  return httpRequest({ ...common, path: requestTargetOf(url), createConnection: () => socket })
}

interface Relayed {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly outgoing: ClientRequest
  readonly url: URL
}

async function relay(
  { request, response, outgoing, url }: Relayed,
  passage: Passage,
  { maxBytes, viaMark }: ForwardOptions,
): Promise<void> {
  const onAbort = () => outgoing.destroy(passage.signal.reason)
  passage.signal.addEventListener('abort', onAbort, { once: true })
  if (passage.signal.aborted) onAbort()
  try {
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      outgoing.once('response', resolve)
      outgoing.on('error', reject)
      outgoing.once('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })))
    })
    request.on('data', (chunk: Buffer) => passage.countUp(chunk.length))
    request.pipe(outgoing)
    const answer = await answered
    if (Number(answer.headers['content-length']) > maxBytes && request.method !== 'HEAD') {
      throw new EgressError('too-large', `The answer is larger than the ${maxBytes} bytes that go one way (rule max-bytes).`, {
        rule: 'max-bytes',
      })
    }
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage ?? '', toReturnedHeaders(answer, viaMark))
    await pipeline(answer, (chunks: AsyncIterable<Buffer>) => countedDown(chunks, passage), response)
  } catch (error) {
    throw toEgressError(error, { url, headersTimeoutMs: 0, idleTimeoutMs: 0 })
  } finally {
    passage.signal.removeEventListener('abort', onAbort)
    outgoing.destroy()
  }
}

async function* countedDown(chunks: AsyncIterable<Buffer>, passage: Passage): AsyncGenerator<Buffer, void> {
  for await (const chunk of chunks) {
    passage.countDown(chunk.length)
    passage.signal.throwIfAborted()
    yield chunk
  }
}

/** As they came, names in their case, but for those of the one connection. The host is that of the address, whatever the header said. */
function toForwardedHeaders(request: IncomingMessage, url: URL, viaMark: string): string[] {
  const kept = dropHopHeaders(request).filter(([name]) => !['host', 'via'].includes(name.toLowerCase()))
  const { 'content-length': length, 'transfer-encoding': coding } = request.headers
  const framing = length !== undefined ? [['Content-Length', length]] : coding !== undefined ? [['Transfer-Encoding', coding]] : []
  const via = request.headers.via === undefined ? viaMark : `${request.headers.via}, ${viaMark}`
  return [['Host', url.host], ...kept, ...framing, ['Via', via], ['Connection', 'close']].flat()
}

function toReturnedHeaders(answer: IncomingMessage, viaMark: string): string[] {
  const length = answer.headers['content-length']
  const framing = length !== undefined && answer.headers['transfer-encoding'] === undefined ? [['Content-Length', length]] : []
  return [...dropHopHeaders(answer), ...framing, ['Via', viaMark]].flat()
}

function dropHopHeaders(message: IncomingMessage): readonly [string, string][] {
  const named = new Set((message.headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase()))
  const pairs: [string, string][] = []
  for (let index = 0; index + 1 < message.rawHeaders.length; index += 2) {
    const name = message.rawHeaders[index] ?? ''
    const key = name.toLowerCase()
    if (!isHopHeader(key) && !named.has(key)) pairs.push([name, message.rawHeaders[index + 1] ?? ''])
  }
  return pairs
}
