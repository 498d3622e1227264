import { createHash } from 'node:crypto'

/** Questions that differ in case, width, spaces or their last marks are the same question. */
export function hashQuestion(question: string): string {
  const plain = withoutEnd(question.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ')).trim()
  return createHash('sha256')
    .update(plain === '' ? question : plain)
    .digest('hex')
}

const END_MARK = /[\s?!.。！？…]/u

/** From behind: a pattern that looks for the last marks would try every row of marks before them, and visitors write what they like. */
function withoutEnd(text: string): string {
  let end = text.length
  while (end > 0 && END_MARK.test(text.charAt(end - 1))) end--
  return text.slice(0, end)
}
