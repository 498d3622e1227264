import type { Usage } from '@trellis/contracts'
import type { FinishReason, ModelCall, ModelEvent, NodeModel, TokenUsage, ToolCall } from '@trellis/spec'
import { NodeError } from './node-error.ts'

export interface ModelReply {
  /** With the model's reasoning between `<think>` tags, as the basic apps have it. */
  readonly text: string
  readonly toolCalls: readonly ToolCall[]
  /** In the words of OpenAI's wire. */
  readonly finishReason: string
  readonly usage: Usage
}

export interface CallOptions {
  readonly signal: AbortSignal
  readonly firstTokenTimeoutMs?: number | undefined
  onText?(text: string): void
  /** Keeps what the model made, and returns what shows it among its words. */
  onFile?(file: { readonly mimeType: string; readonly base64: string }): Promise<string>
}

/** Calls the model and collects its reply. */
export async function callModel(model: NodeModel, call: ModelCall, options: CallOptions): Promise<ModelReply> {
  const wait = waitForFirst(options.signal, options.firstTokenTimeoutMs)
  const reply = new Reply(options.onText ?? (() => undefined))
  try {
    for await (const event of model.stream(call, wait.signal)) {
      if (isWord(event)) wait.end()
      if (event.type !== 'file') reply.add(event)
      else if (options.onFile) reply.addFile(await options.onFile(event))
    }
  } finally {
    wait.end()
  }
  return reply.end(model)
}

const isWord = (event: ModelEvent): boolean =>
  event.type === 'tool-call-delta' || event.type === 'tool-call' || event.type === 'file' || ('text' in event && event.text !== '')

class Reply {
  readonly #say: (text: string) => void
  readonly #toolCalls: ToolCall[] = []
  readonly #startedAt = performance.now()
  #firstAt: number | undefined
  #text = ''
  #isReasoning = false
  #finish: { readonly reason: FinishReason; readonly usage: TokenUsage } | undefined

  constructor(say: (text: string) => void) {
    this.#say = say
  }

  add(event: Exclude<ModelEvent, { type: 'file' }>): void {
    if (isWord(event)) this.#firstAt ??= performance.now()
    if (event.type === 'finish') this.#finish = event
    else if (event.type === 'tool-call') this.#toolCalls.push(event.call)
    else if (event.type !== 'tool-call-delta' && event.text !== '') this.#addText(event.text, event.type === 'reasoning-delta')
  }

  addFile(text: string): void {
    this.#firstAt ??= performance.now()
    this.#addText(text, false)
  }

  #addText(text: string, isThought: boolean): void {
    if (isThought === this.#isReasoning) this.#tell(text)
    else this.#tell(isThought ? `<think>\n${text}` : `\n</think>\n\n${text}`)
    this.#isReasoning = isThought
  }

  #tell(text: string): void {
    this.#text += text
    this.#say(text)
  }

  end(model: NodeModel): ModelReply {
    if (this.#isReasoning) this.#tell('\n</think>')
    const latencyMs = performance.now() - this.#startedAt
    const tokens = this.#finish?.usage ?? { promptTokens: 0, completionTokens: 0 }
    const firstTokenMs = this.#firstAt === undefined ? null : this.#firstAt - this.#startedAt
    return {
      text: this.#text,
      toolCalls: this.#toolCalls,
      finishReason: (this.#finish?.reason ?? 'other').replace('-', '_'),
      usage: model.usageOf(tokens, { latencyMs, firstTokenMs }),
    }
  }
}

/** A signal that also aborts where nothing has come within the time. */
function waitForFirst(signal: AbortSignal, timeoutMs: number | undefined): { readonly signal: AbortSignal; end(): void } {
  if (timeoutMs === undefined) return { signal, end: () => undefined }
  const late = new AbortController()
  const message = `The model said nothing within ${timeoutMs} ms. Raise first_token_timeout_ms, or choose a faster model.`
  const timer = setTimeout(() => late.abort(new NodeError('FirstTokenTimeoutError', message)), timeoutMs)
  return { signal: AbortSignal.any([signal, late.signal]), end: () => clearTimeout(timer) }
}
