import type { Json } from '../console.ts'
import { parseFrames } from '../frames.ts'

/** Reads a stream to its end; `onFirst` is given its first frame while it goes on. */
export async function follow(response: Response, onFirst: (frame: Json) => Promise<void>): Promise<void> {
  let text = ''
  let first: Json
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString()
    if (first !== undefined || !text.includes('\n\n')) continue
    first = parseFrames(text)[0]
    await onFirst(first)
  }
}
