import type { CatalogModel, TokenUsage, Transcript } from '@trellis/spec'
import { estimateTokens } from './estimate-tokens.ts'
import { worstCaseOfRecording, worstCaseOfTexts } from './worst-case.ts'

/** What a call sends, by which it is reckoned. */
export interface SentInTurn<T> {
  /** The most that it can use. */
  readonly worstCase: () => Promise<TokenUsage>
  /** What it used: estimated where its answer does not tell, or never came. */
  readonly usageOf: (answer?: T) => TokenUsage
}

/** Speech is recorded with about so much. */
const BYTES_A_SECOND = 4_000
const TOKENS_A_SECOND = 10

/** Texts, and what the answer tells of their tokens. */
export const sentTexts = <T>(texts: readonly string[], tokensOf?: (answer: T) => number): SentInTurn<T> => ({
  worstCase: () => worstCaseOfTexts(texts),
  usageOf(answer) {
    if (answer !== undefined && tokensOf) return { promptTokens: tokensOf(answer), completionTokens: 0 }
    const promptTokens = texts.reduce((total, text) => total + estimateTokens(text), 0)
    return { promptTokens, completionTokens: 0, isEstimated: true }
  },
})

/** A recording: how long it is, nobody knows before it is heard. */
export const sentRecording = (entry: CatalogModel, { byteLength }: Uint8Array): SentInTurn<Transcript> => ({
  worstCase: async () => worstCaseOfRecording(entry, byteLength),
  usageOf(heard) {
    const soundSeconds = heard?.soundSeconds ?? Math.ceil(byteLength / BYTES_A_SECOND)
    const told = entry.pricing?.soundHourNano === undefined ? heard?.tokens : heard?.soundSeconds
    const tokens = heard?.tokens ?? {
      promptTokens: Math.ceil(soundSeconds * TOKENS_A_SECOND),
      completionTokens: estimateTokens(heard?.text ?? ''),
    }
    return { ...tokens, soundSeconds, ...(told === undefined ? { isEstimated: true } : {}) }
  },
})
