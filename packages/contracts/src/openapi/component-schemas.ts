import type { z } from 'zod'
import { accountSchema } from '../entities/account.ts'
import { appItemSchema, appSchema, appSummarySchema } from '../entities/app.ts'
import { appParametersSchema } from '../entities/app-parameters.ts'
import { conversationSchema, conversationVariableSchema } from '../entities/conversation.ts'
import { chatConversationItemSchema, completionConversationItemSchema, logMessageSchema } from '../entities/conversation-log.ts'
import { fileInputSchema, messageEndFileSchema, messageFileSchema, uploadedFileSchema } from '../entities/file.ts'
import { humanInputContentSchema } from '../entities/human-input-content.ts'
import { humanInputFormSchema } from '../entities/human-input-form.ts'
import { inputFormItemSchema } from '../entities/input-form.ts'
import {
  agentThoughtSchema,
  feedbackSchema,
  historyResourceSchema,
  messageMetadataSchema,
  messageSchema,
  retrieverResourceSchema,
  simpleMessageMetadataSchema,
  simpleRetrieverResourceSchema,
} from '../entities/message.ts'
import { modelConfigSchema, savedModelConfigSchema } from '../entities/model-config.ts'
import {
  credentialFieldSchema,
  modelProviderSchema,
  parameterRuleSchema,
  providerModelSchema,
  providerReferenceSchema,
  providerWithModelsSchema,
} from '../entities/model-provider.ts'
import { chatAnswerSchema, completionAnswerSchema, pausedChatAnswerSchema } from '../entities/run-request.ts'
import { appSiteSchema, savedSiteSchema } from '../entities/site.ts'
import { systemFeaturesSchema, workspaceFeaturesSchema } from '../entities/system-features.ts'
import { usageWireSchema } from '../entities/usage.ts'
import { memberSchema, workspaceSchema } from '../entities/workspace.ts'
import {
  chatEventSchema,
  completionEventSchema,
  simpleChatEventSchema,
  simpleCompletionEventSchema,
  spokenChatEventSchema,
  spokenCompletionEventSchema,
} from '../wire-events/message-events.ts'

/** Schemas that API descriptions give a name of their own instead of repeating them. */
export const componentSchemas: Readonly<Record<string, z.ZodType>> = {
  Account: accountSchema,
  AgentThought: agentThoughtSchema,
  App: appSchema,
  AppItem: appItemSchema,
  AppParameters: appParametersSchema,
  AppSite: appSiteSchema,
  AppSummary: appSummarySchema,
  ChatAnswer: chatAnswerSchema,
  PausedChatAnswer: pausedChatAnswerSchema,
  HumanInputForm: humanInputFormSchema,
  ChatConversationItem: chatConversationItemSchema,
  ChatEvent: chatEventSchema,
  CompletionAnswer: completionAnswerSchema,
  CompletionConversationItem: completionConversationItemSchema,
  CompletionEvent: completionEventSchema,
  Conversation: conversationSchema,
  ConversationVariable: conversationVariableSchema,
  CredentialField: credentialFieldSchema,
  Feedback: feedbackSchema,
  /** Becomes `FileInput`: only callers send it. */
  File: fileInputSchema,
  HistoryResource: historyResourceSchema,
  HumanInputContent: humanInputContentSchema,
  InputFormItem: inputFormItemSchema,
  LogMessage: logMessageSchema,
  Member: memberSchema,
  Message: messageSchema,
  MessageEndFile: messageEndFileSchema,
  MessageFile: messageFileSchema,
  MessageMetadata: messageMetadataSchema,
  ModelConfig: modelConfigSchema,
  ModelProvider: modelProviderSchema,
  ParameterRule: parameterRuleSchema,
  ProviderModel: providerModelSchema,
  ProviderReference: providerReferenceSchema,
  ProviderWithModels: providerWithModelsSchema,
  RetrieverResource: retrieverResourceSchema,
  SavedModelConfig: savedModelConfigSchema,
  SavedSite: savedSiteSchema,
  SimpleChatEvent: simpleChatEventSchema,
  SimpleCompletionEvent: simpleCompletionEventSchema,
  SimpleMessageMetadata: simpleMessageMetadataSchema,
  SimpleRetrieverResource: simpleRetrieverResourceSchema,
  SpokenChatEvent: spokenChatEventSchema,
  SpokenCompletionEvent: spokenCompletionEventSchema,
  SystemFeatures: systemFeaturesSchema,
  UploadedFile: uploadedFileSchema,
  Usage: usageWireSchema,
  Workspace: workspaceSchema,
  WorkspaceFeatures: workspaceFeaturesSchema,
}
