export type { Attachment, Attachments, FileOwner } from './attachments.ts'
export { type BasicConfig, basicConfigSchema, type SuggestionConfig, suggestionConfigSchema } from './basic-config.ts'
export { readExternalDataTools } from './external-data-tools.ts'
export { initialName } from './initial-name.ts'
export { type FindOutputCheck, type OutputCheck, OutputGuard, type Replacement } from './output-guard.ts'
export {
  type AskedTurn,
  choosePreflights,
  type Preflight,
  type PreflightVerdict,
  runPreflights,
  type TurnSections,
} from './preflight.ts'
export { fitHistory } from './prompt/fit-history.ts'
export { toHistoryMessages } from './prompt/prompt-parts.ts'
export type { InputFault } from './read-inputs.ts'
export { extractThread, LINEAR_PARENT } from './thread.ts'
export { emptyUsage, interruptMessage, newConversation, newMessage, toMessageFiles } from './turn-rows.ts'
export { TurnText } from './turn-text.ts'
export {
  endMessage,
  findOwnConversation,
  insertMessageFiles,
  insertTurn,
  listRecentMessages,
  MEMORY_ROWS,
  type MessageEnd,
  storeChangedQuestion,
  type ThreadRow,
} from './turns.repository.ts'
export { createTurns, type OnConversationOpened, type StartedTurn, type TurnRequest, type Turns } from './turns.service.ts'
