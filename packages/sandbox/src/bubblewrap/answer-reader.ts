/** One message of a child: `R` ready, `K` what `main` returned, `E` a failure. */
export interface Answer {
  readonly status: 'R' | 'K' | 'E'
  readonly payload: Buffer
}

export type ReadStep =
  | { readonly type: 'answers'; readonly answers: readonly Answer[] }
  /** More than it may be, or not of this protocol: nothing after it can be read. */
  | { readonly type: 'too-large' }
  | { readonly type: 'malformed' }

const HEAD_BYTES = 5
const statuses: Readonly<Record<number, Answer['status']>> = { 82: 'R', 75: 'K', 69: 'E' }

/** Cuts what a child writes into answers. Foreign code can write there too, so nothing is taken on trust, its length least. */
export function createAnswerReader({ maxBytes }: { readonly maxBytes: () => number }): (chunk: Buffer) => ReadStep {
  let parts: Buffer[] = []
  let size = 0

  return (chunk) => {
    parts.push(chunk)
    size += chunk.length
    const answers: Answer[] = []
    while (size >= HEAD_BYTES) {
      if ((parts[0]?.length ?? 0) < HEAD_BYTES) parts = [Buffer.concat(parts)]
      const head = parts[0]
      const status = head && statuses[head[0] ?? 0]
      if (!head || !status) return { type: 'malformed' }
      const length = head.readUInt32LE(1)
      if (length > maxBytes()) return { type: 'too-large' }
      if (size < HEAD_BYTES + length) break
      const all = parts.length === 1 ? head : Buffer.concat(parts)
      answers.push({ status, payload: all.subarray(HEAD_BYTES, HEAD_BYTES + length) })
      const rest = all.subarray(HEAD_BYTES + length)
      parts = rest.length > 0 ? [rest] : []
      size = rest.length
    }
    return { type: 'answers', answers }
  }
}
