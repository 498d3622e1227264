import { createHash } from 'node:crypto'

/** Questions that differ in case, width, spaces or their last marks are the same question. */
export function hashQuestion(question: string): string {
  const plain = question
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .replace(/[\s?!.。！？…]+$/u, '')
    .trim()
  return createHash('sha256')
    .update(plain === '' ? question : plain)
    .digest('hex')
}
