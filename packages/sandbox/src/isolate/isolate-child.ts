import type { Readable } from 'node:stream'
import { type Answer, createAnswerReader } from '../bubblewrap/answer-reader.ts'
import { type ChildCommand, frame, killChild, spawnChild } from '../bubblewrap/child.ts'

/** One process of the fast path. It serves request after request, one at a time. */
export interface IsolateChild {
  readonly ready: Promise<void>
  readonly ended: Promise<void>
  readonly served: () => number
  /** False from the moment on at which it is to end. */
  readonly isUsable: () => boolean
  /** We have ended it; else it ended by itself. */
  readonly isToEnd: () => boolean
  /** What it answered; `too-large` and `malformed` end the child, and so does a child that ends by itself. */
  ask(request: object, maxBytes: number): Promise<Answer | 'too-large' | 'malformed' | 'ended'>
  end(): void
}

export function startIsolateChild(command: ChildCommand): IsolateChild {
  const child = spawnChild(command)
  const ready = Promise.withResolvers<void>()
  // Whoever waits for it hears of it; nobody has to.
  ready.promise.catch(() => undefined)
  const ended = Promise.withResolvers<void>()
  let isUsable = true
  let isToEnd = false
  let served = 0
  let maxBytes = 1024
  let words = ''
  let waiting: ((answer: Answer | 'too-large' | 'malformed' | 'ended') => void) | undefined

  const end = (): void => {
    isUsable = false
    isToEnd = true
    killChild(child)
  }
  const settle = (answer: Answer | 'too-large' | 'malformed' | 'ended'): void => {
    waiting?.(answer)
    waiting = undefined
  }
  const read = createAnswerReader({ maxBytes: () => maxBytes })
  // A pipe, as asked for at its start.
  const answers = child.stdio[3] as Readable
  answers.on('error', () => undefined)
  answers.on('data', (chunk: Buffer) => {
    const step = read(chunk)
    if (step.type !== 'answers') {
      end()
      settle(step.type)
      return
    }
    for (const answer of step.answers) {
      if (answer.status === 'R') ready.resolve()
      else settle(answer)
    }
  })
  child.stdout?.resume()
  child.stderr?.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString()).slice(-4000)
  })
  const finish = (reason: string): void => {
    isUsable = false
    ready.reject(new Error(reason))
    settle('ended')
    ended.resolve()
  }
  child.on('error', (error) => finish(error.message))
  child.on('close', (exitCode, signal) => finish(words.trim().split('\n')[0] || `it ended at once (${signal ?? exitCode})`))

  return {
    ready: ready.promise,
    ended: ended.promise,
    served: () => served,
    isUsable: () => isUsable,
    isToEnd: () => isToEnd,
    ask(request, given) {
      if (!isUsable) return Promise.resolve('ended')
      served += 1
      maxBytes = given
      return new Promise((resolve) => {
        waiting = resolve
        child.stdin?.write(frame(request))
      })
    },
    end,
  }
}
