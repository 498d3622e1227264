import { serviceAnnotationRoutes } from './annotations.ts'
import { serviceAppRoutes } from './app-info.ts'
import { serviceAudioRoutes } from './audio.ts'
import { serviceChatRoutes } from './chat.ts'
import { serviceCompletionRoutes } from './completion.ts'
import { serviceConversationRoutes } from './conversations.ts'
import { serviceFileRoutes } from './files.ts'
import { serviceHumanInputRoutes } from './human-input.ts'
import { serviceMessageRoutes } from './messages.ts'
import { serviceWorkflowRoutes } from './workflows.ts'

/** Every route of the Service API, by name. */
export const serviceRoutes = {
  ...serviceChatRoutes,
  ...serviceCompletionRoutes,
  ...serviceConversationRoutes,
  ...serviceMessageRoutes,
  ...serviceFileRoutes,
  ...serviceAudioRoutes,
  ...serviceAppRoutes,
  ...serviceAnnotationRoutes,
  ...serviceWorkflowRoutes,
  ...serviceHumanInputRoutes,
}
