/**
 * A rough count of a text's tokens where the provider tells none: about four characters of an alphabet, or one character of
 * Chinese, Japanese or Korean, make one.
 */
export function estimateTokens(text: string): number {
  if (text === '') return 0
  const ideographs = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu)?.length ?? 0
  return Math.max(1, ideographs + Math.ceil((text.length - ideographs) / 4))
}
