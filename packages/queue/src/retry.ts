import type { JobDefinition } from '@trellis/spec'

const LONGEST_ERROR = 4000

/** Milliseconds to wait before the try after `attempt`, or undefined where that was the last. */
export function retryDelayMs(definition: Pick<JobDefinition, 'attempts' | 'backoffMs'>, attempt: number): number | undefined {
  return attempt >= definition.attempts ? undefined : definition.backoffMs * 2 ** (attempt - 1)
}

/** What is kept of an error beside the failed job. */
export function toErrorText(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return text.slice(0, LONGEST_ERROR)
}
