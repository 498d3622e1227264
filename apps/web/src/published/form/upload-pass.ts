export interface UploadPass {
  readonly upload_token: string
  /** Unix seconds. */
  readonly expires_at: number
}

const MARGIN_MS = 60_000

/** One pass for all files of a form, asked for again before its time is over: a network address may ask only so often. */
export function createUploadPass(issue: () => Promise<UploadPass>, now: () => number = Date.now): () => Promise<string> {
  let held: Promise<string> | undefined
  let untilMs = 0
  return () => {
    if (held && now() < untilMs) return held
    // Whoever else asks meanwhile waits for the same.
    untilMs = Number.POSITIVE_INFINITY
    held = issue().then(
      (pass) => {
        untilMs = pass.expires_at * 1000 - MARGIN_MS
        return pass.upload_token
      },
      (error: unknown) => {
        untilMs = 0
        throw error
      },
    )
    return held
  }
}
