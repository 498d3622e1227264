import { asRecord } from './error.ts'

/**
 * What a message, or a piece of one, tells of the thoughts before it: `reasoning_content` (DeepSeek, Xinference and most Chinese
 * makers), `reasoning` (Groq, Ollama, vLLM, OpenRouter), `reasoning_details` (MiniMax, which may leave the first out; OpenRouter has
 * them beside `reasoning`) or `reasoning_steps` (Perplexity). Undefined where it tells nothing.
 */
export function reasoningOf(said: Readonly<Record<string, unknown>>): string | undefined {
  for (const words of [said.reasoning_content, said.reasoning]) if (typeof words === 'string' && words !== '') return words
  if (Array.isArray(said.reasoning_details)) return said.reasoning_details.map((each) => wordsIn(each, 'text')).join('')
  if (Array.isArray(said.reasoning_steps)) return said.reasoning_steps.map((each) => `${wordsIn(each, 'thought')}\n`).join('')
  return undefined
}

function wordsIn(part: unknown, member: string): string {
  const words = asRecord(part)[member]
  return typeof words === 'string' ? words : ''
}
