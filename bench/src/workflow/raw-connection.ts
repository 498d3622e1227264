import { connect, type Socket } from 'node:net'

export interface RawAnswer {
  readonly status: number
  readonly body: string
}

/**
 * A connection kept open on which one request after the other is asked and its answer read whole. Node's own client takes a third of what
 * it measures here, on the same cores; this one knows nothing but answers with a `content-length`.
 */
export class RawConnection {
  readonly #socket: Socket
  readonly #request: Buffer
  #received = ''
  #settle: { readonly resolve: (answer: RawAnswer) => void; readonly reject: (error: Error) => void } | undefined

  constructor(target: URL, { headers, body }: { readonly headers: Readonly<Record<string, string>>; readonly body: string }) {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    const head = `POST ${target.pathname} HTTP/1.1\r\nhost: ${target.host}\r\n${lines.join('')}content-length: ${Buffer.byteLength(body)}\r\n\r\n`
    this.#request = Buffer.from(head + body)
    this.#socket = connect({ host: target.hostname, port: Number(target.port), noDelay: true })
    this.#socket.setEncoding('latin1')
    this.#socket.on('data', (chunk: string) => this.#take(chunk))
    this.#socket.on('error', (error) => this.#fail(error))
    this.#socket.on('close', () => this.#fail(new Error('the connection was closed')))
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed
  }

  ask(): Promise<RawAnswer> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
      this.#socket.write(this.#request)
    })
  }

  close(): void {
    this.#socket.destroy()
  }

  #take(chunk: string): void {
    this.#received += chunk
    const end = this.#received.indexOf('\r\n\r\n')
    if (end === -1) return
    const length = /\r\ncontent-length: (\d+)/i.exec(this.#received.slice(0, end))?.[1]
    if (length === undefined) {
      this.#fail(new Error('an answer without a content-length'))
      return
    }
    if (this.#received.length < end + 4 + Number(length)) return
    const answer = { status: Number(this.#received.slice(9, 12)), body: this.#received.slice(end + 4) }
    this.#received = ''
    this.#settle?.resolve(answer)
    this.#settle = undefined
  }

  #fail(error: Error): void {
    this.#socket.destroy()
    this.#settle?.reject(error)
    this.#settle = undefined
  }
}
