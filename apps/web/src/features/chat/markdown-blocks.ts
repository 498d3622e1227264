/**
 * Cuts markdown at blank lines into blocks that render alone, so that a growing answer redraws only its last one.
 * Fenced code stays whole, and so does a list or quote whose next paragraph is indented or continues it.
 */
export function splitMarkdown(markdown: string): string[] {
  const blocks: string[] = []
  let current: string[] = []
  let fence: string | undefined
  let isAfterBlank = false
  for (const line of markdown.split('\n')) {
    const marker = /^\s{0,3}(`{3,}|~{3,})/u.exec(line)?.[1]
    if (fence === undefined && isAfterBlank && line.trim() !== '' && !continuesBlock(line, current)) {
      blocks.push(current.join('\n').trimEnd())
      current = []
    }
    if (marker !== undefined) {
      if (fence === undefined) fence = marker
      else if (marker.startsWith(fence) && line.trim() === marker) fence = undefined
    }
    current.push(line)
    isAfterBlank = line.trim() === '' && current.some((text) => text.trim() !== '')
  }
  const last = current.join('\n').trimEnd()
  if (last !== '') blocks.push(last)
  return blocks
}

const LIST_ITEM = /^\s{0,3}([-*+]|\d{1,9}[.)])\s/u

function continuesBlock(line: string, block: readonly string[]): boolean {
  const first = block.find((text) => text.trim() !== '') ?? ''
  if (LIST_ITEM.test(first)) return LIST_ITEM.test(line) || /^\s{2,}/u.test(line)
  return first.startsWith('>') && line.startsWith('>')
}
