/**
 * Counts tokens by OpenAI's cl100k vocabulary: exact for few models, close for all. The vocabulary costs 70 ms and some tens of
 * megabytes, so it is loaded only when a conversation may really outgrow its model's window.
 */
export async function countTokens(text: string): Promise<number> {
  const { countTokens: count } = await import('gpt-tokenizer/encoding/cl100k_base')
  return count(text)
}
