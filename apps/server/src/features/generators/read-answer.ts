/** What models wrap around what they were asked for: thoughts, chatter, code fences, and the tags that we asked for. */

/** The text between the tags, or what seems meant by a model that forgot them; empty where it said nothing. */
export function readTagged(answer: string, tag: string): string {
  return findTagged(answer, tag) ?? withoutWrapping(answer)
}

/** The text between `<tag>` and the last `</tag>`, or the end of what was cut off; undefined where there is no such tag. */
export function findTagged(answer: string, tag: string): string | undefined {
  const opening = `<${tag}>`
  const start = answer.indexOf(opening)
  if (start < 0) return undefined
  const from = start + opening.length
  const end = answer.lastIndexOf(`</${tag}>`)
  return withoutFence(answer.slice(from, end < from ? undefined : end))
}

/** Code as it stands in the first fence, or the whole answer where there is none. */
export const readCode = (answer: string): string => firstFence(answer) ?? answer.trim()

/** The first JSON object of an answer; undefined where none can be read. */
export function readObject(answer: string): object | undefined {
  const between = answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1)
  for (const candidate of [firstFence(answer), between]) {
    const value = candidate === undefined ? undefined : parseJson(candidate)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  }
  return undefined
}

const FENCE = '```'

function firstFence(text: string): string | undefined {
  const start = text.indexOf(FENCE)
  const lineEnd = start < 0 ? -1 : text.indexOf('\n', start)
  if (lineEnd < 0) return undefined
  const end = text.indexOf(`\n${FENCE}`, lineEnd)
  return text.slice(lineEnd + 1, end < 0 ? undefined : end).trim()
}

/** A fence around the whole; those within a text are its own. */
function withoutFence(text: string): string {
  const trimmed = text.trim()
  const isFenced = trimmed.startsWith(FENCE) && trimmed.indexOf(FENCE, FENCE.length) === trimmed.length - FENCE.length
  return isFenced ? (firstFence(trimmed) ?? trimmed) : trimmed
}

/** Without a first line such as “Here is your prompt:”, and what is fenced below it without the fence. */
function withoutWrapping(answer: string): string {
  const trimmed = answer.trim()
  const lineEnd = trimmed.indexOf('\n')
  const firstLine = trimmed.slice(0, Math.max(0, lineEnd)).trim()
  const rest = trimmed.slice(lineEnd + 1).trim()
  const isFenceBelow = rest.startsWith(FENCE)
  return /[:：]$/.test(firstLine) && isFenceBelow ? (firstFence(rest) ?? rest) : withoutFence(trimmed)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // No JSON: the caller looks further.
  }
}
