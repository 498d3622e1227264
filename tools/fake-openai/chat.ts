import type { ServerResponse } from 'node:http'
import type { FakeBehaviour } from './behaviour.ts'
import { failMidStream, isMidStreamFault } from './faults.ts'
import type { PacedTask, Pacer } from './pacer.ts'
import { type AnswerHead, answerPieces, createFrameWriter, type FinishReason, renderCompletion, stampToken, type Usage } from './wire.ts'

export interface ChatAnswer {
  readonly response: ServerResponse
  readonly behaviour: FakeBehaviour
  readonly head: AnswerHead
  readonly promptTokens: number
  /** `max_tokens` of the request; the answer is cut there. */
  readonly maxTokens: number | undefined
  readonly isUsageWanted: boolean
  readonly pacer: Pacer
  /** Of the clock that all processes of the machine share. */
  readonly sharedNowMs: () => number
  /** Tells of tokens as they are written. */
  onTokens(count: number): void
}

/** Most tokens written in one turn of the event loop by a stream that knows no pace, so that streams share the process fairly. */
const BURST_TOKENS = 64

interface Script {
  readonly pieces: readonly string[] | undefined
  readonly count: number
  readonly finishReason: FinishReason
  /** Tokens after which the stream fails. */
  readonly failsAfter: number | undefined
}

function scriptOf({ behaviour, maxTokens }: ChatAnswer): Script {
  const pieces = behaviour.stamp && behaviour.text === undefined ? undefined : answerPieces(behaviour)
  const whole = pieces?.length ?? behaviour.tokens
  const failsAfter = isMidStreamFault(behaviour.fault) ? Math.min(behaviour.after, whole) : undefined
  if (behaviour.fault === 'content-filter' && behaviour.after < whole) {
    return { pieces, count: behaviour.after, finishReason: 'content_filter', failsAfter }
  }
  if (maxTokens !== undefined && maxTokens < whole) return { pieces, count: maxTokens, finishReason: 'length', failsAfter }
  return { pieces, count: whole, finishReason: 'stop', failsAfter }
}

function usageOf({ promptTokens, behaviour: { counted } }: ChatAnswer, sentTokens: number): Usage {
  const completionTokens = counted === 0 ? sentTokens : counted
  return { prompt_tokens: promptTokens, completion_tokens: completionTokens, total_tokens: promptTokens + completionTokens }
}

/** Answers in one piece, after as long as a stream would have taken. */
export function answerAtOnce(answer: ChatAnswer): void {
  const { response, behaviour, head, pacer } = answer
  const { pieces, count, finishReason, failsAfter } = scriptOf(answer)
  const send = (): void => {
    if (response.destroyed) return
    if (failsAfter !== undefined) {
      failMidStream(response, behaviour.fault)
      return
    }
    const texts = pieces?.slice(0, count) ?? Array.from({ length: count }, () => stampToken(answer.sharedNowMs()))
    answer.onTokens(count)
    const body = renderCompletion({
      head,
      text: texts.join(''),
      reasoning: behaviour.reasoning,
      finishReason,
      usage: usageOf(answer, count),
    })
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }
  const waitMs = behaviour.first + (behaviour.rate > 0 ? (count * 1000) / behaviour.rate : 0)
  if (waitMs === 0) send()
  else pacer.schedule({ dueMs: performance.now() + waitMs, run: send })
}

/** Streams the answer at its pace. */
export function streamAnswer(answer: ChatAnswer): void {
  const { response, behaviour, pacer } = answer
  const script = scriptOf(answer)
  const frames = createFrameWriter(answer.head)
  const write = createWriter(response, behaviour.split)
  const end = script.failsAfter ?? script.count
  let startMs = performance.now() + behaviour.first
  let sent = 0
  let isHeld = behaviour.hold !== undefined

  const writeGroup = (): boolean => {
    const goal = Math.min(sent + behaviour.group, end)
    answer.onTokens(goal - sent)
    let text = ''
    for (; sent < goal; sent += 1) text += frames.content(script.pieces?.[sent] ?? stampToken(answer.sharedNowMs()))
    return write(text)
  }
  const finish = (): void => {
    if (script.failsAfter !== undefined) {
      failMidStream(response, behaviour.fault)
      return
    }
    const usage = answer.isUsageWanted ? frames.usage(usageOf(answer, sent)) : ''
    write(frames.finish(script.finishReason) + usage + (behaviour.fault === 'no-done' ? '' : frames.done))
    response.end()
  }
  const pump = (): void => {
    const burstEnd = sent + BURST_TOKENS
    while (sent < end && sent < burstEnd && !response.destroyed) {
      if (!writeGroup()) return void response.once('drain', pump)
    }
    if (sent === end) finish()
    else if (!response.destroyed) setImmediate(pump)
  }
  const step: PacedTask = {
    dueMs: startMs,
    run() {
      if (response.destroyed) return
      if (isHeld && behaviour.hold && sent >= behaviour.hold.after) return void behaviour.hold.until.then(goOn)
      if (sent === end) return finish()
      writeGroup()
      step.dueMs = startMs + (sent * 1000) / behaviour.rate
      pacer.schedule(step)
    },
  }

  const goOn = (): void => {
    isHeld = false
    startMs = performance.now() - (sent * 1000) / behaviour.rate
    step.run()
  }

  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' })
  write(frames.role())
  if (behaviour.reasoning) for (const piece of answerPieces({ text: behaviour.reasoning, tokens: 0 })) write(frames.reasoning(piece))
  const begin = behaviour.rate > 0 ? () => step.run() : pump
  if (behaviour.first === 0) begin()
  else pacer.schedule({ dueMs: startMs, run: begin })
}

function createWriter(response: ServerResponse, splitBytes: number): (text: string) => boolean {
  if (splitBytes === 0) return (text) => response.write(text)
  return (text) => {
    const bytes = Buffer.from(text)
    let isReady = true
    for (let start = 0; start < bytes.length; start += splitBytes) isReady = response.write(bytes.subarray(start, start + splitBytes))
    return isReady
  }
}
