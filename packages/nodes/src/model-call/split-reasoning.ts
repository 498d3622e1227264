/** Most characters of a tag's attributes: what is longer is text. */
const OPENING = /<think(?:\s[^<>]{0,512})?>/gi
const CLOSING = /<\/think>/gi

export interface SplitText {
  readonly text: string
  readonly reasoning: string
}

/** A reply without its `<think>` blocks, and what stood in them. A block that the reply broke off in is reasoning too. */
export function splitReasoning(reply: string): SplitText {
  const thoughts: string[] = []
  let text = ''
  let from = 0
  for (;;) {
    const opening = findFrom(OPENING, reply, from)
    text += reply.slice(from, opening?.index)
    if (!opening) break
    const begin = opening.index + opening[0].length
    const closing = findFrom(CLOSING, reply, begin)
    thoughts.push(reply.slice(begin, closing?.index).trim())
    if (!closing) break
    from = closing.index + closing[0].length
  }
  return { text: text.replace(/\n\s*\n/g, '\n\n').trim(), reasoning: thoughts.filter((thought) => thought !== '').join('\n') }
}

function findFrom(pattern: RegExp, text: string, from: number): RegExpExecArray | null {
  pattern.lastIndex = from
  return pattern.exec(text)
}
