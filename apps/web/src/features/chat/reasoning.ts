/** An answer, parted into what the model thought aloud and what it said. */
export interface SplitAnswer {
  readonly reasoning: string
  readonly text: string
  /** The last thought has no end yet. */
  readonly isThinking: boolean
}

const OPEN = '<think>'
const CLOSE = '</think>'

/**
 * Parts `<think>` sections from an answer that may still be growing: a tag that has only half arrived is held back, an unclosed
 * section is a thought that goes on. Tags inside fenced code are code.
 */
export function splitReasoning(answer: string): SplitAnswer {
  const thoughts: string[] = []
  let text = ''
  let rest = answer
  for (;;) {
    const start = findOpening(rest)
    if (start < 0) return { reasoning: joined(thoughts), text: trimmed(text + withoutHalfTag(rest, OPEN), thoughts), isThinking: false }
    text += rest.slice(0, start)
    rest = rest.slice(start + OPEN.length)
    const end = rest.indexOf(CLOSE)
    if (end < 0) {
      thoughts.push(withoutHalfTag(rest, CLOSE))
      return { reasoning: joined(thoughts), text: trimmed(text, thoughts), isThinking: true }
    }
    thoughts.push(rest.slice(0, end))
    rest = rest.slice(end + CLOSE.length)
  }
}

/** Where the first opening tag outside fenced code stands; -1 without one. */
function findOpening(text: string): number {
  let from = text.indexOf(OPEN)
  while (from >= 0) {
    const fences = text.slice(0, from).match(/^\s{0,3}(```|~~~)/gmu)?.length ?? 0
    if (fences % 2 === 0) return from
    from = text.indexOf(OPEN, from + OPEN.length)
  }
  return -1
}

function withoutHalfTag(text: string, tag: string): string {
  for (let length = Math.min(tag.length - 1, text.length); length > 0; length -= 1) {
    if (text.endsWith(tag.slice(0, length))) return text.slice(0, -length)
  }
  return text
}

const joined = (thoughts: readonly string[]) =>
  thoughts
    .map((thought) => thought.trim())
    .filter((thought) => thought !== '')
    .join('\n\n')

/** Blank lines after a thought belong to neither part. */
const trimmed = (text: string, thoughts: readonly string[]) => (thoughts.length > 0 ? text.trimStart() : text)
