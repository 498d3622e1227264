import type { FakeBehaviour } from './behaviour.ts'

const words =
  'the model answers one small word after another and keeps a steady pace so that whoever listens can count what arrives and when'.split(
    ' ',
  )

// performance.now() counts from the process's start; the offset makes it the machine's monotonic clock, which all processes share.
const monotonicOffsetMs = (): number => {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1000 + nanoseconds / 1e6 - performance.now()
}

/** Milliseconds of the monotonic clock that all processes of this machine share. */
export function createSharedClock(): () => number {
  const offset = monotonicOffsetMs()
  return () => offset + performance.now()
}

export const stampToken = (sharedNowMs: number): string => `t${Math.round(sharedNowMs * 1000).toString(36)} `

/** The deltas of an answer that is not stamped. */
export function answerPieces(behaviour: Pick<FakeBehaviour, 'text' | 'tokens'>): readonly string[] {
  if (typeof behaviour.text === 'string') return behaviour.text.match(/\s*\S+|\s+$/g) ?? []
  if (behaviour.text) return behaviour.text
  return Array.from({ length: behaviour.tokens }, (_, index) => `${index === 0 ? '' : ' '}${words[index % words.length]}`)
}

export type FinishReason = 'stop' | 'length' | 'content_filter'

export interface AnswerHead {
  readonly id: string
  readonly model: string
  /** Unix seconds. */
  readonly created: number
}

export interface Usage {
  readonly prompt_tokens: number
  readonly completion_tokens: number
  readonly total_tokens: number
}

export interface FrameWriter {
  role(): string
  reasoning(text: string): string
  content(text: string): string
  finish(reason: FinishReason): string
  usage(usage: Usage): string
  readonly done: string
}

/** Frames of one streamed answer. The constant part of a frame is rendered once, because a saturated bench asks for a hundred thousand a second. */
export function createFrameWriter({ id, model, created }: AnswerHead): FrameWriter {
  const envelope = `"id":"${id}","object":"chat.completion.chunk","created":${created},"model":${JSON.stringify(model)},"system_fingerprint":"fp_fake0000"`
  const open = `data: {${envelope},"choices":[{"index":0,"delta":`
  const going = `,"logprobs":null,"finish_reason":null}]}\n\n`
  return {
    role: () => `${open}{"role":"assistant","content":"","refusal":null}${going}`,
    reasoning: (text) => `${open}{"reasoning_content":${JSON.stringify(text)}}${going}`,
    content: (text) => `${open}{"content":${JSON.stringify(text)}}${going}`,
    finish: (reason) => `${open}{},"logprobs":null,"finish_reason":"${reason}"}]}\n\n`,
    usage: (usage) => `data: {${envelope},"choices":[],"usage":${JSON.stringify(usage)}}\n\n`,
    done: 'data: [DONE]\n\n',
  }
}

/** The body of an answer that is not streamed. */
export function renderCompletion(options: {
  readonly head: AnswerHead
  readonly text: string
  readonly reasoning: string | undefined
  readonly finishReason: FinishReason
  readonly usage: Usage
}): object {
  const { head, text, reasoning, finishReason, usage } = options
  const message = { role: 'assistant', content: text, refusal: null, ...(reasoning ? { reasoning_content: reasoning } : {}) }
  return {
    id: head.id,
    object: 'chat.completion',
    created: head.created,
    model: head.model,
    choices: [{ index: 0, message, logprobs: null, finish_reason: finishReason }],
    usage,
    system_fingerprint: 'fp_fake0000',
  }
}

export interface ApiError {
  readonly status: number
  readonly message: string
  readonly type: string
  readonly code: string | null
  readonly param?: string | null
}

export const renderError = ({ message, type, code, param = null }: ApiError): object => ({ error: { message, type, param, code } })
