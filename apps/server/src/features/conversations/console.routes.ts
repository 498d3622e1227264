import { AppError, consoleAppRunRoutes as routes } from '@trellis/contracts'
import { type AppsTable, fromJsonText } from '@trellis/db'
import type { Mount } from '../../http/mount.ts'
import { chatModes } from '../app-runs/index.ts'
import type { Apps } from '../apps/index.ts'
import { type BasicConfig, basicConfigSchema } from '../turns/index.ts'
import type { ConversationRouteDependencies } from './service.routes.ts'
import { asksForSuggestions } from './suggestions.service.ts'

/** `/console/api`: what an editor sees of their own trial. */
export function mountConsoleSuggestionRoutes(mount: Mount, { apps, messages, suggestions }: ConversationRouteDependencies): void {
  mount(routes.listDebugSuggestedQuestions).to(async ({ actor: { tenantId, accountId }, params }) => {
    const app = await apps.getApp(tenantId, params.app_id)
    if (!chatModes.some((mode) => mode === app.mode)) throw new AppError('app_not_found')
    const message = await messages.get({ tenantId, appId: app.id, endUserId: null, accountId }, params.message_id)
    const config = await findConfigInEditor(apps, app)
    if (!config || !asksForSuggestions(config)) throw new AppError('app_suggested_questions_after_answer_disabled')
    return { data: [...(await suggestions.suggest({ app, config, message }))] }
  })
}

/** The configuration as the editor shows it: the draft, or else what is published. */
async function findConfigInEditor(apps: Pick<Apps, 'getPublishedConfig'>, app: AppsTable): Promise<BasicConfig | undefined> {
  if (app.draft_config !== null) return basicConfigSchema.safeParse(fromJsonText<unknown>(app.draft_config)).data
  if (app.published_config_id === null) return undefined
  return (await apps.getPublishedConfig(app)).value
}
