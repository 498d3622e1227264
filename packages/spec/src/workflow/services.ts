import type { Usage } from '@trellis/contracts'
import type { Dict, Value } from '@trellis/values'
import type { FileValue } from '@trellis/variables'
import type { Egress } from '../egress.ts'
import type { ContentPart, ModelCall, ModelEvent, ModelMessage, TokenUsage } from '../model.ts'
import type { CatalogModel } from '../model-catalog.ts'
import type { AgentLog } from './node.ts'

/** What nodes may ask of the world; each is bound to the run's workspace. */
export interface NodeServices {
  readonly models: ModelService
  readonly memory: MemoryService
  readonly files: FileService
  readonly code: CodeService
  readonly http: Egress
  readonly documents: DocumentService
  readonly knowledge: KnowledgeService
  readonly tools: ToolService
  readonly agents: AgentService
  readonly limits: NodeLimits
}

export interface ModelService {
  /** @throws AppError `provider_not_initialize`, `model_currently_not_support`, with words for people */
  resolve(provider: string, model: string): Promise<NodeModel>
}

/** A model, ready to be called. */
export interface NodeModel {
  readonly provider: string
  readonly model: string
  readonly entry: CatalogModel
  /** Rejects with a coded AppError; an abort rejects with the signal's reason. */
  stream(call: ModelCall, signal: AbortSignal): AsyncIterable<ModelEvent>
  usageOf(tokens: TokenUsage, timing: { readonly latencyMs: number; readonly firstTokenMs: number | null }): Usage
  /** Tokens of the messages, counted with one vocabulary for every model. */
  countTokens(messages: readonly ModelMessage[]): Promise<number>
}

export interface MemoryService {
  /**
   * What was said before in the run's conversation, oldest first, within both limits; none outside conversations.
   * `messageLimit` counts question and answer as one; undefined: as many as are kept.
   */
  history(options: {
    readonly maxTokens: number
    readonly messageLimit: number | undefined
    readonly model: NodeModel
  }): Promise<readonly ModelMessage[]>
}

export interface FileService {
  /** @throws AppError where it is gone, too large, or not reachable */
  read(file: FileValue, signal: AbortSignal): Promise<{ readonly bytes: Uint8Array; readonly mimeType: string }>
  /** Keeps bytes that a node made or fetched as a file of the run's. */
  save(file: { readonly bytes: Uint8Array; readonly filename: string; readonly mimeType: string }): Promise<FileValue>
  /** The file as a part of a message, as bytes or by address as configured; undefined for kinds that no model takes. */
  toContentPart(file: FileValue, detail: 'low' | 'high', signal: AbortSignal): Promise<ContentPart | undefined>
}

export interface CodeService {
  /**
   * Calls `main` with the inputs (workflow spec 2.10). `resultJson` is its result as JSON text, in which 1 and 1.0 are still apart.
   */
  call(
    task: { readonly language: 'python3' | 'javascript'; readonly code: string; readonly inputs: Readonly<Record<string, Value>> },
    signal: AbortSignal,
  ): Promise<
    | { readonly ok: true; readonly resultJson: string; readonly mechanism: string }
    | { readonly ok: false; readonly error: string; readonly errorType: string; readonly mechanism: string }
  >
}

export interface DocumentService {
  /** The text of a document. @throws AppError for a kind that cannot be read, or a broken file */
  extract(file: FileValue, signal: AbortSignal): Promise<string>
}

export interface KnowledgeQuery {
  readonly datasetIds: readonly string[]
  readonly query: string | null
  readonly attachments: readonly FileValue[]
  /** The node's data: retrieval mode, rerank, metadata filters, as in workflow spec 2.7. */
  readonly settings: Dict
}

export interface KnowledgeService {
  /** Items as in workflow spec 2.7, best first. @throws AppError */
  retrieve(query: KnowledgeQuery, signal: AbortSignal): Promise<{ readonly items: readonly Dict[]; readonly usage?: Usage }>
}

export interface ToolCallRequest {
  readonly providerType: string
  readonly providerId: string
  readonly providerName: string
  readonly tool: string
  readonly credentialId?: string
  readonly parameters: Readonly<Record<string, Value>>
  readonly settings: Dict
}

export type ToolMessage =
  | { readonly type: 'text'; readonly text: string }
  /** `file` is what the address leads to, where that is kept. */
  | { readonly type: 'link'; readonly url: string; readonly file?: FileValue }
  | { readonly type: 'json'; readonly json: Value }
  | { readonly type: 'file'; readonly file: FileValue }
  | { readonly type: 'variable'; readonly name: string; readonly value: Value; readonly isStream: boolean }
  | { readonly type: 'log'; readonly log: AgentLog }

export interface ToolParameter {
  readonly name: string
  readonly type: string
  readonly isRequired: boolean
}

export interface ToolService {
  /** The parameters of a tool. @throws AppError where the tool is not there, saying what to install or connect */
  describe(request: Pick<ToolCallRequest, 'providerType' | 'providerId' | 'providerName' | 'tool'>): Promise<{
    readonly parameters: readonly ToolParameter[]
    /** Dify's `tool_info` of the trace. */
    readonly info: Dict
  }>
  /** @throws AppError */
  call(request: ToolCallRequest, signal: AbortSignal): AsyncIterable<ToolMessage>
}

export interface AgentCallRequest {
  readonly provider: string
  readonly strategy: string
  readonly parameters: Readonly<Record<string, Value>>
  /** The strategy is told what was said before: so many messages, or as many as there is room for. */
  readonly memory?: { readonly messageLimit: number | undefined }
}

export interface AgentService {
  /** @throws AppError where the strategy is not there, saying what to install */
  describe(
    request: Pick<AgentCallRequest, 'provider' | 'strategy'>,
  ): Promise<{ readonly parameters: readonly ToolParameter[]; readonly info: Dict }>
  call(request: AgentCallRequest, signal: AbortSignal): AsyncIterable<ToolMessage | { readonly type: 'usage'; readonly usage: Usage }>
}

/** Limits of nodes, from the configuration (Dify's names). */
export interface NodeLimits {
  readonly codeMaxStringLength: number
  readonly codeMaxStringArrayLength: number
  readonly codeMaxNumberArrayLength: number
  readonly codeMaxObjectArrayLength: number
  readonly codeMaxDepth: number
  readonly codeMaxPrecision: number
  readonly codeMinNumber: bigint
  readonly codeMaxNumber: bigint
  readonly templateMaxLength: number
  readonly httpMaxBinaryBytes: number
  readonly httpMaxTextBytes: number
  readonly httpConnectTimeoutMs: number
  readonly httpReadTimeoutMs: number
  readonly httpWriteTimeoutMs: number
  readonly httpVerifyTls: boolean
}
