import { AppError, consoleAppRunRoutes as routes } from '@trellis/contracts'
import type { Mount } from '../../http/mount.ts'
import { chatModes } from '../app-runs/index.ts'
import type { ConversationRouteDependencies } from './service.routes.ts'
import { asksForSuggestions } from './suggestions.service.ts'

/** `/console/api`: what an editor sees of their own trial. */
export function mountConsoleSuggestionRoutes(mount: Mount, { apps, configs, messages, suggestions }: ConversationRouteDependencies): void {
  mount(routes.listDebugSuggestedQuestions).to(async ({ actor: { tenantId, accountId }, params }) => {
    const app = await apps.getApp(tenantId, params.app_id)
    if (!chatModes.some((mode) => mode === app.mode)) throw new AppError('app_not_found')
    const talker = { tenantId, appId: app.id, endUserId: null, accountId, apiKeyId: null }
    const message = await messages.get(talker, params.message_id)
    const config = await configs.findInEditor(app)
    if (!config || !asksForSuggestions(config)) throw new AppError('app_suggested_questions_after_answer_disabled')
    return { data: [...(await suggestions.suggest({ app, talker, config, message }))] }
  })
}
