import type { Logger } from '@trellis/spec'

/** A logger that keeps errors and drops the rest: a test whose server meets an unforeseen failure must not pass. */
export function createWatchingLogger(): { readonly logger: Logger; readonly takeProblems: () => readonly string[] } {
  const problems: string[] = []
  const ignore = (): void => undefined
  const tell = (fields: object, message: string): void => {
    problems.push(`${message}: ${describe(fields)}`)
  }
  const logger: Logger = {
    debug: ignore,
    info: ignore,
    warn: ignore,
    error: tell,
    fatal: tell,
    child: () => logger,
  }
  return { logger, takeProblems: () => problems.splice(0) }
}

function describe(fields: object): string {
  const { err, ...rest } = fields as { readonly err?: unknown } // by the habit of all log lines
  const error = err instanceof Error ? (err.stack ?? err.message) : err === undefined ? '' : String(err)
  return `${JSON.stringify(rest)} ${error}`.trim()
}
