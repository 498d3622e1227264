import { withoutReasoning } from './ask-model.ts'

export interface ThreadTurn {
  readonly query: string
  readonly answer: string
}

export interface HistoryLimits {
  readonly maxMessages: number
  readonly maxTokens: number
  readonly countTokens: (text: string) => Promise<number>
}

/** The end of a thread as text, oldest first; the oldest lines go where all of them would be too many tokens. */
export async function toHistoryText(newestFirst: readonly ThreadTurn[], limits: HistoryLimits): Promise<string> {
  const lines = newestFirst
    .slice(0, limits.maxMessages)
    .toReversed()
    .flatMap(({ query, answer }) => [`Human: ${query}`, `Assistant: ${withoutReasoning(answer)}`])
  // A token is at least a byte, so short histories need no tokenizer.
  if (Buffer.byteLength(lines.join('\n')) <= limits.maxTokens) return lines.join('\n')
  const counts = await Promise.all(lines.map(limits.countTokens))
  let total = counts.reduce((sum, count) => sum + count, 0)
  let first = 0
  while (total > limits.maxTokens && first < lines.length - 1) {
    total -= counts[first] ?? 0
    first += 1
  }
  return lines.slice(first).join('\n')
}

const INSTRUCTION = [
  'Think of three questions that the human is likely to ask next.',
  'Each stands on its own, has at most twenty words, and is written in the language that the human used last.',
].join(' ')

/** `own` is what the app's author asks for instead of our wording. */
export function toSuggestionPrompt(history: string, own: string | null | undefined): string {
  return [
    'This is the end of a conversation between a human and an assistant:',
    '',
    history,
    '',
    own?.trim() || INSTRUCTION,
    'Reply with nothing but a JSON array of strings, such as ["first question", "second question"].',
  ].join('\n')
}

/** Replies with more brackets than this are not read to their end. */
const MAX_BRACKETS = 50

/** The strings of the first JSON array in a reply that holds any. */
export function parseQuestions(reply: string): readonly string[] {
  const starts = placesOf(reply, '[')
  const ends = placesOf(reply, ']')
  for (const start of starts) {
    for (const end of ends) {
      if (end < start) continue
      const questions = readStrings(reply.slice(start, end + 1))
      if (questions.length > 0) return questions
    }
  }
  return []
}

const placesOf = (text: string, bracket: string): readonly number[] =>
  Array.from(text.matchAll(new RegExp(`\\${bracket}`, 'g')), (match) => match.index).slice(0, MAX_BRACKETS)

function readStrings(text: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string').filter((item) => item.trim() !== '') : []
  } catch {
    return [] // No JSON: the caller looks further.
  }
}
