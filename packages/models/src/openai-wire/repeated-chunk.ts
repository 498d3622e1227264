import { asRecord, parseJson } from './error.ts'

/** A text that no provider sends, to find out what of a chunk a piece of it means. */
const PROBE = 'trellis-probe'
/** Streams whose chunks differ in more than their text (padding, timestamps) are given up after so many lessons. */
const MAX_LESSONS = 3

export interface RepeatedChunk {
  readonly type: 'text-delta' | 'reasoning-delta'
  readonly text: string
}

export interface RepeatedChunkReader {
  /** The words of a chunk that is the learnt one but for its words; undefined for any other. */
  read(data: string): RepeatedChunk | undefined
  /** Learns from a chunk that said just these words and nothing else. */
  learn(data: string, said: RepeatedChunk): void
}

interface Frame {
  readonly type: RepeatedChunk['type']
  readonly prefix: string
  readonly suffix: string
}

/**
 * Most chunks of a stream are the same text but for a few words in the middle. Once a chunk has been parsed, the next ones are only
 * compared with what stood before and after its words, which spares two thirds of the cost of a token.
 * It is exact: a chunk is taken only where everything around the words is the same to the letter, and the words hold no quote and no
 * backslash, so that parsing it would give the same object with these words.
 */
export function createRepeatedChunkReader(): RepeatedChunkReader {
  let frame: Frame | undefined
  let lessons = 0
  return {
    read(data) {
      if (frame === undefined) return undefined
      const { prefix, suffix, type } = frame
      const end = data.length - suffix.length
      // Equality of slices is compared as memory, several times faster than startsWith and endsWith.
      if (end < prefix.length || data.slice(end) !== suffix || data.slice(0, prefix.length) !== prefix) return undefined
      const text = data.slice(prefix.length, end)
      return text.includes('"') || text.includes('\\') ? undefined : { type, text }
    },
    learn(data, said) {
      // A stream that goes from reasoning to text needs a second lesson.
      if (lessons >= MAX_LESSONS) return
      lessons += 1
      frame = findFrame(data, said) ?? frame
    },
  }
}

function findFrame(data: string, { type, text }: RepeatedChunk): Frame | undefined {
  const start = data.indexOf(`"${text}"`)
  if (start === -1) return undefined
  const prefix = copyOf(data.slice(0, start + 1))
  const suffix = copyOf(data.slice(start + 1 + text.length))
  return wordsOf(parseJson(prefix + PROBE + suffix), type) === PROBE ? { type, prefix, suffix } : undefined
}

/** A slice refers to the whole network chunk that it came from, and is slower to compare. */
function copyOf(text: string): string {
  return Buffer.from(text).toString()
}

function wordsOf(chunk: unknown, type: RepeatedChunk['type']): unknown {
  const { choices } = asRecord(chunk)
  const choice = asRecord(Array.isArray(choices) ? choices[0] : undefined)
  const delta = asRecord(choice.delta)
  return type === 'text-delta' ? (delta.content ?? choice.text) : (delta.reasoning_content ?? delta.reasoning)
}
