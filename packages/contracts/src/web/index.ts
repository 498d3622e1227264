import { webAudioRoutes } from './audio.ts'
import { webChatRoutes } from './chat.ts'
import { webCompletionRoutes } from './completion.ts'
import { webConversationRoutes } from './conversations.ts'
import { webFileRoutes } from './files.ts'
import { webHumanInputRoutes } from './human-input.ts'
import { webMessageRoutes } from './messages.ts'
import { webPassportRoutes } from './passport.ts'
import { webSiteRoutes } from './site.ts'
import { webWorkflowRoutes } from './workflows.ts'

/** Every route of published apps, by name. */
export const webRoutes = {
  ...webPassportRoutes,
  ...webSiteRoutes,
  ...webChatRoutes,
  ...webCompletionRoutes,
  ...webConversationRoutes,
  ...webMessageRoutes,
  ...webFileRoutes,
  ...webAudioRoutes,
  ...webWorkflowRoutes,
  ...webHumanInputRoutes,
}
