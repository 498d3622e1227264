import type { Logger } from '@trellis/spec'

export interface WatchedLine {
  readonly fields: object
  readonly message: string
}

export interface WatchingLogger {
  readonly logger: Logger
  readonly takeProblems: () => readonly string[]
  /** The latest lines of the levels `info` and `warn`. */
  readonly lines: () => readonly WatchedLine[]
}

const KEPT_LINES = 100

/** A logger that keeps errors: a test whose server meets an unforeseen failure must not pass. */
export function createWatchingLogger(): WatchingLogger {
  const problems: string[] = []
  const kept: WatchedLine[] = []
  const keep = (fields: object, message: string): void => {
    kept.push({ fields, message })
    if (kept.length > KEPT_LINES) kept.shift()
  }
  const tell = (fields: object, message: string): void => {
    problems.push(`${message}: ${describe(fields)}`)
  }
  const logger: Logger = {
    debug: () => undefined,
    info: keep,
    warn: keep,
    error: tell,
    fatal: tell,
    child: () => logger,
  }
  return { logger, takeProblems: () => problems.splice(0), lines: () => [...kept] }
}

function describe(fields: object): string {
  const { err, ...rest } = fields as { readonly err?: unknown } // by the habit of all log lines
  const error = err instanceof Error ? (err.stack ?? err.message) : err === undefined ? '' : String(err)
  return `${JSON.stringify(rest)} ${error}`.trim()
}
