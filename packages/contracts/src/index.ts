export * as wire from './common/wire.ts'
export { type AppParameters, appMetaSchema, appParametersSchema } from './entities/app-parameters.ts'
export {
  type Conversation,
  type ConversationSort,
  conversationSchema,
  conversationSort,
  conversationVariableSchema,
} from './entities/conversation.ts'
export {
  type FileInput,
  type FileTransferMethod,
  type FileType,
  fileInputSchema,
  fileTransferMethod,
  fileType,
  type MessageEndFile,
  type MessageFile,
  messageEndFileSchema,
  messageFileSchema,
  remoteFileInfoSchema,
  remoteUploadedFileSchema,
  type UploadedFile,
  uploadedFileSchema,
} from './entities/file.ts'
export {
  type InputControl,
  type InputField,
  type InputFormItem,
  inputControl,
  inputFieldSchema,
  inputFormItemSchema,
} from './entities/input-form.ts'
export {
  agentThoughtSchema,
  annotationReplySchema,
  type Feedback,
  feedbackSchema,
  historyResourceSchema,
  type Message,
  type MessageMetadata,
  type MessageRating,
  messageMetadataSchema,
  messageRating,
  messageSchema,
  messageStatus,
  type RetrieverResource,
  retrieverResourceSchema,
  type SimpleMessageMetadata,
  simpleMessageMetadataSchema,
  simpleRetrieverResourceSchema,
} from './entities/message.ts'
export {
  type ChatAnswer,
  type CompletionAnswer,
  chatAnswerSchema,
  completionAnswerSchema,
  type ResponseMode,
  responseMode,
  simpleChatAnswerSchema,
  simpleCompletionAnswerSchema,
} from './entities/run-request.ts'
export { type UsageWire, usageWireSchema } from './entities/usage.ts'
export { AppError, type AppErrorOptions } from './errors/app-error.ts'
export { type ErrorCode, type ErrorEntry, errorCatalog } from './errors/catalog.ts'
export { allRoutes } from './routes/all-routes.ts'
export {
  type BodyInputOf,
  type BodyOf,
  defineRoute,
  type HttpMethod,
  type ParamsOf,
  type QueryInputOf,
  type QueryOf,
  type ResponseInputOf,
  type ResponseOf,
  type Role,
  type RouteAuth,
  type RouteContract,
  type Surface,
  surfacePrefix,
} from './routes/define-route.ts'
export {
  isTerminalEvent,
  type LatencyLedger,
  latencyLedgerSchema,
  type RunEvent,
  runEventSchema,
  type Usage,
  usageSchema,
} from './runs/run-event.ts'
export { serviceAppRoutes } from './service/app-info.ts'
export { serviceChatRoutes } from './service/chat.ts'
export { serviceCompletionRoutes } from './service/completion.ts'
export { serviceConversationRoutes } from './service/conversations.ts'
export { serviceFileRoutes } from './service/files.ts'
export { serviceRoutes } from './service/index.ts'
export { serviceMessageRoutes } from './service/messages.ts'
