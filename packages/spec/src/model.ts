import type { ModelType } from './model-catalog.ts'

/** What a person, a model or a tool said. Contents are strings or lists of parts. */
export type ModelMessage =
  | { readonly role: 'system'; readonly content: string }
  | { readonly role: 'user'; readonly content: string | readonly ContentPart[] }
  | { readonly role: 'assistant'; readonly content: string | readonly ContentPart[]; readonly toolCalls?: readonly ToolCall[] }
  | { readonly role: 'tool'; readonly toolCallId: string; readonly toolName: string; readonly content: string }

export type ContentPart =
  | { readonly type: 'text'; readonly text: string }
  | ({ readonly type: 'image'; readonly detail?: 'low' | 'high' } & MediaSource)
  | ({ readonly type: 'audio' } & MediaSource)
  | ({ readonly type: 'video' } & MediaSource)
  | ({ readonly type: 'document'; readonly filename?: string } & MediaSource)

/** Bytes as base64, or an address that the provider can reach. */
export type MediaSource =
  | { readonly mimeType: string; readonly base64: string; readonly url?: undefined }
  | { readonly mimeType: string; readonly url: string; readonly base64?: undefined }

export interface ToolCall {
  readonly id: string
  readonly name: string
  /** JSON text as the model wrote it. */
  readonly arguments: string
}

export interface ToolDefinition {
  readonly name: string
  readonly description: string
  /** JSON schema of the arguments. */
  readonly parameters: object
}

export type ResponseFormat =
  | { readonly type: 'text' }
  | { readonly type: 'json' }
  | { readonly type: 'json-schema'; readonly name: string; readonly schema: object }

export interface ModelCall {
  readonly messages: readonly ModelMessage[]
  /** Checked against the model's parameter rules (temperature, top_p, max_tokens, ...). */
  readonly parameters: Readonly<Record<string, unknown>>
  readonly stop?: readonly string[]
  readonly tools?: readonly ToolDefinition[]
  readonly toolChoice?: 'auto' | 'none' | 'required'
  readonly responseFormat?: ResponseFormat
  /** Opaque end-user id, passed on where the provider takes one. */
  readonly user?: string
}

export type FinishReason = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'other'

/** A stream is any number of deltas and tool calls, then exactly one `finish`. Failures throw a ProviderError; an abort throws the signal's reason. */
export type ModelEvent =
  | { readonly type: 'text-delta'; readonly text: string }
  | { readonly type: 'reasoning-delta'; readonly text: string }
  /** A picture or a sound that the model made. */
  | { readonly type: 'file'; readonly mimeType: string; readonly base64: string }
  /** A piece of a tool call's arguments, for callers that show them as they come. */
  | {
      readonly type: 'tool-call-delta'
      readonly index: number
      readonly id: string
      readonly name: string
      readonly argumentsDelta: string
    }
  /** One whole tool call. */
  | { readonly type: 'tool-call'; readonly call: ToolCall }
  | { readonly type: 'finish'; readonly reason: FinishReason; readonly usage: TokenUsage }

export interface TokenUsage {
  readonly promptTokens: number
  readonly completionTokens: number
  /** Part of `promptTokens` that the provider had cached. */
  readonly cachedPromptTokens?: number
  /** Part of `completionTokens` spent on reasoning. */
  readonly reasoningTokens?: number
  /** Of a recording that was heard. */
  readonly soundSeconds?: number
  /** Set where the provider told nothing and the numbers were counted or estimated here. */
  readonly isEstimated?: true
}

export interface LanguageModel {
  stream(call: ModelCall, signal: AbortSignal): AsyncIterable<ModelEvent>
}

export interface EmbeddingModel {
  /** One vector a text, in order. */
  embed(
    texts: readonly string[],
    inputType: 'document' | 'query',
    signal: AbortSignal,
  ): Promise<{ readonly vectors: readonly (readonly number[])[]; readonly tokens: number }>
}

export interface RerankModel {
  /** Best first; `index` is the document's place in the input. */
  rerank(
    query: string,
    documents: readonly string[],
    topN: number,
    signal: AbortSignal,
  ): Promise<readonly { readonly index: number; readonly score: number }[]>
}

export interface SpeechModel {
  speak(text: string, voice: string, signal: AbortSignal): AsyncIterable<Uint8Array>
}

export interface Transcript {
  readonly text: string
  /** As the provider tells them: models are paid by one or by the other. */
  readonly tokens?: Pick<TokenUsage, 'promptTokens' | 'completionTokens'>
  readonly soundSeconds?: number
}

export interface TranscriptionModel {
  transcribe(
    audio: { readonly bytes: Uint8Array; readonly filename: string; readonly mimeType: string },
    signal: AbortSignal,
  ): Promise<Transcript>
}

export interface ModerationModel {
  /** True where the provider flags the text. */
  isFlagged(text: string, signal: AbortSignal): Promise<boolean>
}

/** A provider with credentials: what a workspace calls. Holds no connection of its own; making one is cheap. */
export interface ProviderClient {
  /** Asks the provider whether the credentials work. @throws ProviderError with the provider's own reason */
  validate(signal: AbortSignal): Promise<void>
  languageModel?(model: string): LanguageModel
  embeddingModel?(model: string): EmbeddingModel
  rerankModel?(model: string): RerankModel
  speechModel?(model: string): SpeechModel
  transcriptionModel?(model: string): TranscriptionModel
  moderationModel?(model: string): ModerationModel
  /** What the provider says that it serves, where it can be asked. */
  listModels?(signal: AbortSignal): Promise<readonly { readonly model: string; readonly type: ModelType }[]>
}

/** Why a provider call failed, in the words of Dify's model runtime; decides retry and cool-down. */
export type ProviderFailureKind =
  | 'connection'
  | 'server-unavailable'
  | 'rate-limit'
  | 'authorization'
  | 'bad-request'
  | 'context-length'
  | 'content-refused'
