import { availableParallelism } from 'node:os'
import { type ExtractedDocument, ExtractionError, type ExtractionInput, type Extractor } from '@trellis/spec'
import { isUndescribed, listCandidates, unsupportedType } from './choose-format.ts'
import { defaultLimits, type ExtractionLimits } from './limits.ts'
import { ExtractionWorker } from './pool/extraction-worker.ts'

export interface ExtractorOptions {
  /** Those that differ from `defaultLimits`. */
  readonly limits?: Partial<ExtractionLimits>
  /** Documents that are read at the same time, a thread each; the processors but one, at most 2, where absent. */
  readonly maxWorkers?: number
  /** After how long without work a thread is ended. */
  readonly idleMs?: number
}

/** Each may take the memory that the limits allow. */
const MAX_WORKERS = 2
const IDLE_MS = 60_000

/** Reads documents in worker threads, which are started when they are needed. Nothing a document holds can stop the caller. */
export function createExtractor({ limits, maxWorkers = defaultWorkers(), idleMs = IDLE_MS }: ExtractorOptions = {}): Extractor {
  const pool = new ExtractionPool({ limits: { ...defaultLimits, ...limits }, maxWorkers, idleMs })
  return {
    supports: (description) => listCandidates(description).length > 0,
    async extract(input, signal = new AbortController().signal) {
      signal.throwIfAborted()
      if (listCandidates(input).length === 0 && !isUndescribed(input)) throw unsupportedType(input)
      return await pool.run(input, signal)
    },
    close: () => pool.close(),
  }
}

const defaultWorkers = (): number => Math.min(MAX_WORKERS, Math.max(1, availableParallelism() - 1))

interface Waiting {
  readonly start: (worker: ExtractionWorker) => void
  readonly reject: (reason: unknown) => void
}

class ExtractionPool {
  private readonly options: Required<ExtractorOptions> & { readonly limits: ExtractionLimits }
  private readonly idle = new Map<ExtractionWorker, NodeJS.Timeout>()
  private readonly busy = new Set<ExtractionWorker>()
  private readonly waiting = new Set<Waiting>()
  private readonly closing = new AbortController()

  constructor(options: Required<ExtractorOptions> & { readonly limits: ExtractionLimits }) {
    this.options = options
  }

  async run(input: ExtractionInput, signal: AbortSignal): Promise<ExtractedDocument> {
    if (this.closing.signal.aborted) throw this.closing.signal.reason
    const worker = await this.take(signal)
    try {
      return await worker.run(input, AbortSignal.any([signal, this.closing.signal]))
    } finally {
      this.giveBack(worker)
    }
  }

  async close(): Promise<void> {
    this.closing.abort(new ExtractionError('unavailable', 'The server is shutting down. Try again in a moment.'))
    for (const { reject } of this.waiting) reject(this.closing.signal.reason)
    this.waiting.clear()
    for (const timer of this.idle.values()) clearTimeout(timer)
    await Promise.all([...this.idle.keys(), ...this.busy].map((worker) => worker.close()))
    this.idle.clear()
  }

  private take(signal: AbortSignal): ExtractionWorker | Promise<ExtractionWorker> {
    const [ready] = this.idle.keys()
    if (ready) {
      clearTimeout(this.idle.get(ready))
      this.idle.delete(ready)
      this.busy.add(ready)
      return ready
    }
    return this.busy.size < this.options.maxWorkers ? this.startWorker() : this.waitForWorker(signal)
  }

  private startWorker(): ExtractionWorker {
    const worker = new ExtractionWorker(this.options.limits)
    this.busy.add(worker)
    return worker
  }

  private async waitForWorker(signal: AbortSignal): Promise<ExtractionWorker> {
    const { promise, resolve, reject } = Promise.withResolvers<ExtractionWorker>()
    const entry: Waiting = { start: resolve, reject }
    const onAbort = (): void => {
      this.waiting.delete(entry)
      reject(signal.reason)
    }
    this.waiting.add(entry)
    signal.addEventListener('abort', onAbort, { once: true })
    try {
      return await promise
    } finally {
      signal.removeEventListener('abort', onAbort)
    }
  }

  /** To the next that waits; one that a document has ended is replaced for it. */
  private giveBack(worker: ExtractionWorker): void {
    this.busy.delete(worker)
    if (this.closing.signal.aborted) return
    const [next] = this.waiting
    if (next) {
      this.waiting.delete(next)
      if (worker.isUsable) this.busy.add(worker)
      next.start(worker.isUsable ? worker : this.startWorker())
    } else if (worker.isUsable) {
      this.idle.set(worker, setTimeout(() => this.retire(worker), this.options.idleMs).unref())
    }
  }

  private retire(worker: ExtractionWorker): void {
    this.idle.delete(worker)
    void worker.close()
  }
}
