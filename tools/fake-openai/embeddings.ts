const DEFAULT_DIMENSIONS = 16

/** The body of an embeddings answer: unit vectors that depend on nothing but the text. */
export function renderEmbeddings(request: {
  readonly model: string
  readonly texts: readonly string[]
  readonly dimensions: number | undefined
  readonly isBase64: boolean
}): object {
  const vectors = request.texts.map((text) => embed(text, request.dimensions ?? DEFAULT_DIMENSIONS))
  const tokens = request.texts.reduce((sum, text) => sum + countTokens(text), 0)
  return {
    object: 'list',
    data: vectors.map((vector, index) => ({
      object: 'embedding',
      index,
      embedding: request.isBase64 ? Buffer.from(new Float32Array(vector).buffer).toString('base64') : vector,
    })),
    model: request.model,
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  }
}

/** Four characters a token: near enough for a stand-in, and the same every time. */
export const countTokens = (text: string): number => Math.max(1, Math.ceil(text.length / 4))

function embed(text: string, dimensions: number): number[] {
  // FNV-1a over the text, then a linear congruential sequence from that seed.
  let state = 2_166_136_261
  for (const character of text) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 16_777_619) >>> 0
  const vector = Array.from({ length: dimensions }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2_147_483_648 - 1
  })
  const length = Math.hypot(...vector) || 1
  return vector.map((value) => value / length)
}
