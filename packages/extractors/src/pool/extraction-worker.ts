import { Worker } from 'node:worker_threads'
import { type ExtractedDocument, ExtractionError, type ExtractionInput } from '@trellis/spec'
import { formatCount, tooLarge } from '../failures.ts'
import type { ExtractionLimits } from '../limits.ts'
import type { ExtractionAnswer, ExtractionTask } from './worker-messages.ts'

const MEBIBYTE = 1024 * 1024
const MEMORY_LOOK_MS = 50
const STACK_MEBIBYTES = 4

/** One thread that reads one document at a time, and is ended with the document that passes a bound. */
export class ExtractionWorker {
  private readonly worker: Worker
  private readonly limits: ExtractionLimits
  private isGone = false

  constructor(limits: ExtractionLimits) {
    this.limits = limits
    // The bundler knows this form and makes the script an entry of its own.
    this.worker = new Worker(new URL('./extract.worker.ts', import.meta.url), {
      name: 'extract',
      env: {},
      execArgv: [],
      // Nothing that a reader or a document's script might print reaches the server's log.
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: Math.ceil(limits.memoryBytes / MEBIBYTE), stackSizeMb: STACK_MEBIBYTES },
    })
    this.worker.on('exit', () => {
      this.isGone = true
    })
    // Told to whoever waits; without a listener it would end the process.
    this.worker.on('error', () => {})
    this.worker.unref()
  }

  /** Whether another document may be given to it. */
  get isUsable(): boolean {
    return !this.isGone
  }

  /** @throws ExtractionError; an aborted call rejects with the signal's reason */
  async run(input: ExtractionInput, signal: AbortSignal): Promise<ExtractedDocument> {
    signal.throwIfAborted()
    const { promise, resolve, reject } = Promise.withResolvers<ExtractionAnswer>()
    let isOver = false
    const giveUp = (error: unknown): void => {
      if (isOver) return
      reject(error)
      void this.close()
    }
    const onError = (error: unknown): void => giveUp(toFailure(error))
    const onExit = (): void => giveUp(new ExtractionError('unavailable', 'Reading the file was interrupted. Try again.'))
    const onAbort = (): void => giveUp(signal.reason)
    const timer = setTimeout(() => giveUp(this.tookTooLong()), this.limits.timeoutMs)
    const watch = setInterval(() => void this.checkMemory(giveUp), MEMORY_LOOK_MS)
    this.worker.once('message', resolve)
    this.worker.once('error', onError)
    this.worker.once('exit', onExit)
    signal.addEventListener('abort', onAbort, { once: true })
    this.worker.ref()
    try {
      this.post(input)
      return readAnswer(await promise)
    } finally {
      isOver = true
      clearTimeout(timer)
      clearInterval(watch)
      this.worker.off('message', resolve)
      this.worker.off('error', onError)
      this.worker.off('exit', onExit)
      signal.removeEventListener('abort', onAbort)
      this.worker.unref()
    }
  }

  async close(): Promise<void> {
    this.isGone = true
    await this.worker.terminate()
  }

  /** The caller keeps its bytes; the copy is the worker's. */
  private post({ bytes, filename, mimeType, extension }: ExtractionInput): void {
    const copy = Uint8Array.from(bytes)
    const task: ExtractionTask = {
      limits: this.limits,
      input: {
        bytes: copy,
        ...(filename === undefined ? {} : { filename }),
        ...(mimeType === undefined ? {} : { mimeType }),
        ...(extension === undefined ? {} : { extension }),
      },
    }
    this.worker.postMessage(task, [copy.buffer])
  }

  /** A thread's own limit knows objects only; buffers are counted here. */
  private async checkMemory(giveUp: (error: unknown) => void): Promise<void> {
    const bytes = await this.worker.getHeapStatistics().then(
      ({ external_memory }) => external_memory,
      () => 0, // It is just ending, and tells so itself.
    )
    if (bytes > this.limits.memoryBytes) giveUp(needsTooMuchMemory())
  }

  private tookTooLong(): ExtractionError {
    const seconds = formatCount(Math.round(this.limits.timeoutMs / 1000))
    return new ExtractionError('timeout', `Reading the file took longer than ${seconds} seconds. Split it into smaller files.`)
  }
}

function readAnswer(answer: ExtractionAnswer): ExtractedDocument {
  if (answer.type === 'done') return answer.document
  throw new ExtractionError(answer.failure, answer.message, answer.cause === undefined ? {} : { cause: answer.cause })
}

function toFailure(error: unknown): ExtractionError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return needsTooMuchMemory()
  return new ExtractionError('unavailable', 'The file could not be read, because its reader failed. Try again.', { cause: error })
}

const needsTooMuchMemory = (): ExtractionError => tooLarge('it needs more memory than one file may take')
