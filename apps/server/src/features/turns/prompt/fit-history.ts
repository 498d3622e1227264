import type { ContentPart, ModelMessage } from '@trellis/spec'

/** Counts tokens; never fewer than there are would be ideal, an estimate is enough. */
export type CountTokens = (text: string) => Promise<number>

export interface FitOptions {
  /** Undefined where the model's window is not known. */
  readonly contextSize: number | undefined
  readonly maxOutputTokens: number
  readonly countTokens: CountTokens
}

const BUDGET_WITHOUT_CONTEXT_SIZE = 2000
/** What a picture costs at most with common models; the same for all, because nothing tells better before the call. */
const TOKENS_OF_A_PICTURE = 800

/**
 * Drops the oldest messages of the history, one by one, until it fits what the window leaves beside the prompt and the answer
 * (workflow spec 6.5). Texts are counted only when their bytes alone could not prove that they fit.
 */
export async function fitHistory(
  history: readonly ModelMessage[],
  fixed: readonly ModelMessage[],
  options: FitOptions,
): Promise<readonly ModelMessage[]> {
  if (history.length <= 1) return history
  const budgetFor = (fixedTokens: number): number =>
    options.contextSize === undefined
      ? BUDGET_WITHOUT_CONTEXT_SIZE
      : Math.max(0, options.contextSize - options.maxOutputTokens - fixedTokens)
  // A token is at least a byte, so this bound needs no tokenizer.
  const upperBound = sum(history.map(boundTokens))
  if (upperBound <= budgetFor(sum(fixed.map(boundTokens)))) return history

  const budget = budgetFor(sum(await Promise.all(fixed.map((message) => countMessage(message, options.countTokens)))))
  const counts = await Promise.all(history.map((message) => countMessage(message, options.countTokens)))
  let total = sum(counts)
  let first = 0
  while (total > budget && history.length - first > 1) {
    total -= counts[first] ?? 0
    first += 1
  }
  return history.slice(first)
}

/** `max_tokens` lowered where prompt and answer would not fit the window together, but not below 16. */
export async function fitMaxTokens(
  maxTokens: number,
  messages: readonly ModelMessage[],
  { contextSize, countTokens }: Pick<FitOptions, 'contextSize' | 'countTokens'>,
): Promise<number> {
  if (contextSize === undefined || sum(messages.map(boundTokens)) + maxTokens <= contextSize) return maxTokens
  const promptTokens = sum(await Promise.all(messages.map((message) => countMessage(message, countTokens))))
  return promptTokens + maxTokens > contextSize ? Math.max(contextSize - promptTokens, 16) : maxTokens
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

const partsOf = (message: ModelMessage): readonly ContentPart[] =>
  typeof message.content === 'string' ? [{ type: 'text', text: message.content }] : message.content

const boundTokens = (message: ModelMessage): number =>
  sum(partsOf(message).map((part) => (part.type === 'text' ? Buffer.byteLength(part.text) : TOKENS_OF_A_PICTURE)))

async function countMessage(message: ModelMessage, countTokens: CountTokens): Promise<number> {
  const counts = await Promise.all(partsOf(message).map((part) => (part.type === 'text' ? countTokens(part.text) : TOKENS_OF_A_PICTURE)))
  return sum(counts)
}
