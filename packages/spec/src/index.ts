export type { Cache, CacheBackend, ConcurrencyLimiter, LiveEvents, Lock, Locks, RateLimiter } from './cache.ts'
export { type Clock, systemClock } from './clock.ts'
export {
  type Egress,
  EgressError,
  type EgressFailure,
  type EgressPolicy,
  type EgressRequest,
  type EgressResponse,
  type ReadOptions,
} from './egress.ts'
export {
  type DocumentDescription,
  type ExtractedDocument,
  type ExtractedPart,
  ExtractionError,
  type ExtractionFailure,
  type ExtractionInput,
  type Extractor,
} from './extractor.ts'
export { type Logger, silentLogger } from './logger.ts'
export { MailError, type Mailer, type MailFault, type MailMessage } from './mail.ts'
export type {
  ContentPart,
  EmbeddingModel,
  FinishReason,
  LanguageModel,
  MediaSource,
  ModelCall,
  ModelEvent,
  ModelMessage,
  ModerationModel,
  ProviderClient,
  ProviderFailureKind,
  RerankModel,
  ResponseFormat,
  SpeechModel,
  TokenUsage,
  ToolCall,
  ToolDefinition,
  Transcript,
  TranscriptionModel,
} from './model.ts'
export type {
  CatalogModel,
  CredentialField,
  Credentials,
  LocalizedText,
  ModelFeature,
  ModelPricing,
  ModelType,
  ParameterRule,
  ProviderDefinition,
  ProviderDependencies,
} from './model-catalog.ts'
export { ProviderError, type ProviderErrorOptions } from './provider-error.ts'
export type { EnqueueOptions, JobContext, JobDefinition, JobHandler, JobQueue, JobRegistration, JobWorker, QueueStats } from './queue.ts'
export type {
  CodeCall,
  CodeCaller,
  CodeLimits,
  CodeOutcome,
  CodeSandbox,
  ProgramOutcome,
  ProgramRequest,
  ProgramRunner,
  SandboxFailure,
  SandboxFailureKind,
  SandboxMechanism,
} from './sandbox.ts'
export type { Storage } from './storage.ts'
export type { ContainerBegin, ContainerLogic, ContainerStep, EndedRound } from './workflow/container.ts'
export type { HumanAction, PauseReason, Submission } from './workflow/human-input.ts'
export type {
  AgentLog,
  ExecutionClass,
  NodeChunk,
  NodeContext,
  NodeDefinition,
  NodeEffect,
  NodeFailure,
  NodeOutcome,
  NodePause,
  NodeRecord,
  NodeRequirement,
  NodeSuccess,
  NodeType,
  RunFacts,
  VariableUpdate,
} from './workflow/node.ts'
export type {
  AgentCallRequest,
  AgentService,
  CodeService,
  DocumentService,
  FileService,
  KnowledgeQuery,
  KnowledgeService,
  MemoryService,
  ModelService,
  NodeLimits,
  NodeModel,
  NodeServices,
  ToolCallRequest,
  ToolMessage,
  ToolParameter,
  ToolService,
} from './workflow/services.ts'
