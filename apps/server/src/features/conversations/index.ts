import type { Db } from '@trellis/db'
import type { Clock, JobQueue, JobRegistration, Logger } from '@trellis/spec'
import type { Mount } from '../../http/mount.ts'
import type { Apps } from '../apps/index.ts'
import type { EndUsers } from '../end-users/index.ts'
import type { FileLinks } from '../files/index.ts'
import type { ModelGateway } from '../models/index.ts'
import type { SuggestionConfigs } from '../workflows/index.ts'
import { mountConsoleSuggestionRoutes } from './console.routes.ts'
import { createConversationVariables } from './conversation-variables.service.ts'
import { createConversationService } from './conversations.service.ts'
import { createFeedbacks } from './feedbacks.service.ts'
import { createMessageFiles } from './message-files.ts'
import { createMessageService } from './messages.service.ts'
import { type ConversationReference, createNaming } from './naming.service.ts'
import type { FindHumanInput } from './present-messages.ts'
import { type ConversationRouteDependencies, mountServiceConversationRoutes } from './service.routes.ts'
import { createSuggestions } from './suggestions.service.ts'
import { mountWebConversationRoutes } from './web.routes.ts'

export interface ConversationsDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly logger: Logger
  readonly queue: JobQueue
  readonly gateway: ModelGateway
  readonly endUsers: EndUsers
  readonly fileLinks: FileLinks
  readonly findHumanInput: FindHumanInput
  readonly apps: Pick<Apps, 'getApp'>
  readonly configs: SuggestionConfigs
}

/** What end users see of their talks with an app: conversations, messages, ratings, kept texts, and what to ask next. */
export interface Conversations {
  mountRoutes(mount: Mount): void
  readonly jobs: readonly JobRegistration[]
  /** Has a name made for a new conversation, in the background. */
  onConversationOpened(conversation: ConversationReference): Promise<void>
}

export function createConversations(dependencies: ConversationsDependencies): Conversations {
  const { db, clock, logger, endUsers, apps, configs, findHumanInput } = dependencies
  const naming = createNaming({ ...dependencies, logger: logger.child({ part: 'naming' }) })
  const conversations = createConversationService({ db, clock, naming })
  const routes: ConversationRouteDependencies = {
    db,
    apps,
    configs,
    endUsers,
    conversations,
    variables: createConversationVariables({ db, clock, conversations }),
    messages: createMessageService({ db, clock }),
    messageFiles: createMessageFiles(dependencies),
    findHumanInput,
    feedbacks: createFeedbacks({ db, clock }),
    suggestions: createSuggestions({ ...dependencies, logger: logger.child({ part: 'suggestions' }) }),
  }
  return {
    jobs: naming.jobs,
    onConversationOpened: naming.request,
    mountRoutes(mount) {
      mountServiceConversationRoutes(mount, routes)
      mountWebConversationRoutes(mount, routes)
      mountConsoleSuggestionRoutes(mount, routes)
    },
  }
}

export { askModel } from './ask-model.ts'
export {
  type ConversationVariableRow,
  insertConversationVariables,
  listConversationVariables,
  setConversationVariable,
  setConversationVariableOfRun,
} from './conversation-variables.repository.ts'
export { presentVariable as presentConversationVariable } from './conversation-variables.service.ts'
export { toOrder } from './conversations.repository.ts'
export type { Page } from './conversations.service.ts'
export { createFeedbacks, type Feedbacks } from './feedbacks.service.ts'
export { createMessageFiles, type MessageFiles } from './message-files.ts'
export { findMessage } from './messages.repository.ts'
export { type MessagePage, pageMessages } from './messages.service.ts'
export type { FindHumanInput } from './present-messages.ts'
