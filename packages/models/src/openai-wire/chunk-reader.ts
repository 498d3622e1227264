import { newId } from '@trellis/kit'
import { type FinishReason, type ModelEvent, ProviderError, type TokenUsage } from '@trellis/spec'
import { estimateTokens } from '../catalog/estimate-tokens.ts'
import { asRecord, type ErrorReading, fromEvent, fromWords, nonsense } from './error.ts'
import { reasoningOf } from './reasoning.ts'
import { createRepeatedChunkReader, type RepeatedChunkReader } from './repeated-chunk.ts'
import { createToolCalls, type ToolCalls } from './tool-calls.ts'
import { toUsage } from './usage.ts'

const SHORT_LENGTH = 8

/** What is read of a chunk; every member is checked where it is used, since providers send whatever they like. */
interface WireChoice {
  readonly index?: unknown
  readonly delta?: unknown
  readonly message?: unknown
  readonly text?: unknown
  readonly finish_reason?: unknown
  readonly usage?: unknown
}

export interface ChunkReaderOptions extends ErrorReading {
  /** What the call said, for counting where the provider does not count. */
  readonly promptText: () => string
}

/** Makes events of the chunks of a chat or text completion. One reader reads one stream; a whole (unstreamed) answer is read as one chunk. */
export class ChunkReader {
  readonly #options: ChunkReaderOptions
  readonly #repeated: RepeatedChunkReader = createRepeatedChunkReader()
  readonly #toolCalls: ToolCalls = createToolCalls(() => `call_${newId().replaceAll('-', '')}`)
  #isDone = false
  #hasChunk = false
  #hasOutput = false
  #hasDelta = false
  /** Counted as it comes, so that no answer is held twice. */
  #saidTokens = 0
  #finishReason: string | undefined
  #usage: TokenUsage | undefined

  constructor(options: ChunkReaderOptions) {
    this.#options = options
  }

  /** Whether the provider has said that it is done; what follows is of no interest. */
  get isDone(): boolean {
    return this.#isDone
  }

  /** Adds to `events` what one event of the stream says. @throws ProviderError where it is an error or nonsense */
  read(data: string, events: ModelEvent[]): void {
    if (this.#isDone) return
    const known = this.#repeated.read(data)
    if (known !== undefined) this.#say(known.type, known.text, events)
    else if (data === '[DONE]') this.#isDone = true
    else this.#readChunk(data, events)
  }

  /** Adds the whole tool calls and the finish. @throws ProviderError where the stream broke off or said nothing */
  finish(events: ModelEvent[]): void {
    const { promptText, secrets } = this.#options
    const hasToolCalls = this.#toolCalls.complete(events)
    if (!this.#hasChunk) throw nonsense('an answer without content.', secrets)
    if (!this.#isDone && this.#finishReason === undefined) {
      throw new ProviderError('connection', 'The connection to the provider ended before its answer did.')
    }
    events.push({
      type: 'finish',
      reason: toFinishReason(this.#finishReason, { hasToolCalls, hasOutput: this.#hasOutput || hasToolCalls }),
      usage: this.#usage ?? { promptTokens: estimateTokens(promptText()), completionTokens: this.#saidTokens, isEstimated: true },
    })
  }

  #readChunk(data: string, events: ModelEvent[]): void {
    const count = events.length
    const chunk = parseChunk(data, this.#options.secrets)
    const { choices } = chunk
    if (Array.isArray(choices)) {
      this.#hasChunk = true
      for (const choice of choices) if (typeof choice === 'object' && choice !== null) this.#readChoice(choice, events)
    }
    if (chunk.error !== undefined || choices === undefined || choices === null) {
      const error = chunk.error === null ? undefined : fromEvent(chunk, this.#options)
      if (error !== undefined) throw error
    }
    this.#count(chunk.usage ?? asRecord(chunk.x_groq).usage)
    const said = events.length === count + 1 ? events[count] : undefined
    const isPlain = this.#finishReason === undefined && this.#usage === undefined
    if (isPlain && (said?.type === 'text-delta' || said?.type === 'reasoning-delta')) this.#repeated.learn(data, said)
  }

  #readChoice(choice: WireChoice, events: ModelEvent[]): void {
    if (typeof choice.index === 'number' && choice.index !== 0) return
    const said = choice.delta ?? choice.message
    if (choice.finish_reason === 'error_finish') throw fromWords(asRecord(said).content, this.#options)
    const isWhole = choice.delta === undefined
    // MiniMax ends a stream with the whole message once more.
    const isRepetition = isWhole && this.#hasDelta
    if (!isWhole) this.#hasDelta = true
    if (typeof said === 'object' && said !== null && !isRepetition) this.#readSaid(said, events, isWhole)
    else if (typeof choice.text === 'string') this.#say('text-delta', choice.text, events)
    if (typeof choice.finish_reason === 'string' && choice.finish_reason !== '') this.#finishReason = choice.finish_reason
    this.#count(choice.usage)
  }

  #readSaid(said: object, events: ModelEvent[], isWhole: boolean): void {
    // Foreign JSON: each member is checked below.
    const delta = said as Readonly<Record<string, unknown>>
    const { content, refusal, images, tool_calls: toolCalls } = delta
    const reasoning = reasoningOf(delta)
    if (reasoning !== undefined) this.#say('reasoning-delta', reasoning, events)
    if (typeof content === 'string') this.#say('text-delta', content, events)
    else if (Array.isArray(content)) this.#readParts(content, events)
    if (typeof refusal === 'string') this.#say('text-delta', refusal, events)
    if (Array.isArray(images)) for (const image of images) this.#readImage(image, events)
    if (Array.isArray(toolCalls)) this.#toolCalls.add(toolCalls, events, isWhole)
  }

  /** OpenRouter's form of pictures that a model made. */
  #readImage(image: unknown, events: ModelEvent[]): void {
    const { url } = asRecord(asRecord(image).image_url)
    const [, mimeType, base64] = typeof url === 'string' ? (/^data:([\w.+/-]+);base64,(.+)$/s.exec(url) ?? []) : []
    if (mimeType === undefined || base64 === undefined) return
    this.#hasOutput = true
    events.push({ type: 'file', mimeType, base64 })
  }

  /** Mistral's reasoning models send their content in parts. */
  #readParts(parts: readonly unknown[], events: ModelEvent[]): void {
    for (const part of parts) {
      const { type, text, thinking } = asRecord(part)
      if (type === 'thinking') {
        const words = Array.isArray(thinking) ? thinking.map((piece) => asRecord(piece).text).join('') : thinking
        if (typeof words === 'string') this.#say('reasoning-delta', words, events)
      } else if (typeof text === 'string') this.#say('text-delta', text, events)
    }
  }

  #say(type: 'text-delta' | 'reasoning-delta', text: string, events: ModelEvent[]): void {
    if (text === '') return
    this.#hasOutput = true
    // A short piece is a token, more or less.
    this.#saidTokens += text.length <= SHORT_LENGTH ? 1 : estimateTokens(text)
    events.push({ type, text })
  }

  #count(told: unknown): void {
    if (told !== undefined) this.#usage = toUsage(told) ?? this.#usage
  }
}

function parseChunk(data: string, secrets: readonly string[]): Readonly<Record<string, unknown>> {
  let chunk: unknown
  try {
    chunk = JSON.parse(data)
  } catch (error) {
    throw nonsense(data, secrets, error)
  }
  if (typeof chunk !== 'object' || chunk === null) throw nonsense(data, secrets)
  // Some send an error as a list of one.
  return asRecord(Array.isArray(chunk) ? chunk[0] : chunk)
}

function toFinishReason(reason: string | undefined, said: { readonly hasToolCalls: boolean; readonly hasOutput: boolean }): FinishReason {
  switch (reason) {
    case 'length':
    case 'max_tokens':
    case 'model_length':
      return 'length'
    case 'content_filter':
    case 'sensitive':
      if (!said.hasOutput) throw new ProviderError('content-refused', `The provider refused to answer (${reason}).`)
      return 'content-filter'
    case 'error':
    case 'network_error':
    case 'insufficient_system_resource':
      throw new ProviderError('server-unavailable', `The provider gave up on its answer (${reason}).`)
    case undefined:
    case 'stop':
    case 'eos':
    case 'end_turn':
    case 'stop_sequence':
    case 'tool_calls':
    case 'function_call':
    case 'tool_use':
      return said.hasToolCalls ? 'tool-calls' : 'stop'
    default:
      return 'other'
  }
}
