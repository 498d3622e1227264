import type { Ability, Failure } from './abilities.ts'

/** A page of a provider's, or its official SDK, that the fixtures of its wire (./wires) were written from. */
export interface WireReference {
  readonly provider: string
  readonly address: string
  /** When it was read, as YYYY-MM-DD. */
  readonly readOn: string
  readonly abilities: readonly Ability[]
  readonly failures?: readonly Failure[]
}

const readOn = '2026-11-29'
const chat: readonly Ability[] = ['text', 'stream', 'tools', 'structured output', 'image', 'document', 'usage']

/** Whose own the fixtures of a wire are; to the other providers that speak it, they are what is remembered of OpenAI's. */
export const wireReferences: readonly WireReference[] = [
  {
    provider: 'openai',
    address: 'https://www.npmjs.com/package/openai/v/6.49.0',
    readOn,
    abilities: [...chat, 'embedding', 'moderation', 'transcription'],
  },
  {
    provider: 'anthropic',
    address: 'https://www.npmjs.com/package/@anthropic-ai/sdk/v/1.14.0',
    readOn,
    abilities: [...chat, 'reasoning'],
  },
  {
    provider: 'google',
    address: 'https://www.npmjs.com/package/@google/genai/v/2.32.0',
    readOn,
    abilities: [...chat, 'reasoning', 'audio', 'video', 'embedding'],
  },
  {
    provider: 'bedrock',
    address: 'https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStreamOutput.html',
    readOn,
    abilities: ['text', 'stream', 'tools', 'usage'],
  },
  {
    provider: 'bedrock',
    address: 'https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent-runtime_RerankingConfiguration.html',
    readOn,
    abilities: ['rerank'],
  },
  {
    provider: 'bedrock',
    address: 'https://www.npmjs.com/package/@aws-sdk/client-bedrock-runtime/v/3.1164.0',
    readOn,
    abilities: ['image', 'document'],
    // A guardrail ends its answer.
    failures: ['content-refused'],
  },
  {
    provider: 'bedrock',
    // Played in bedrock.test.ts.
    address: 'https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-text.html',
    readOn,
    abilities: ['embedding'],
  },
  {
    provider: 'replicate',
    address: 'https://www.npmjs.com/package/replicate/v/1.4.0',
    readOn,
    abilities: ['text', 'stream'],
  },
  {
    provider: 'replicate',
    // What the servers of its language models measure.
    address: 'https://github.com/replicate/cog-vllm/blob/main/predict.py',
    readOn,
    abilities: ['usage'],
  },
]
