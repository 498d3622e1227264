import type { ModelMessage } from '@trellis/spec'

const CHARACTERS_A_TOKEN = 4
const TOKENS_A_MESSAGE = 4
/** Scripts whose characters are about a token each: CJK, kana, Hangul and their like. */
const DENSE_SCRIPT = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\u{20000}-\u{3ffff}]/gu

/** About how many tokens a text is, for usage that no provider told: cheap, and marked as an estimate wherever it is stored. */
export function estimateTokens(text: string): number {
  const dense = text.match(DENSE_SCRIPT)?.length ?? 0
  const others = dense === 0 ? text.length : text.replace(DENSE_SCRIPT, '').length
  return Math.ceil(dense + others / CHARACTERS_A_TOKEN)
}

export function estimatePromptTokens(messages: readonly ModelMessage[]): number {
  return messages.reduce((total, { content }) => {
    const text = typeof content === 'string' ? content : content.map((part) => (part.type === 'text' ? part.text : '')).join('')
    return total + TOKENS_A_MESSAGE + estimateTokens(text)
  }, 0)
}
