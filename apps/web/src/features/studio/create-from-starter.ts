import type { ConsoleApi } from '../../api/console-api.ts'
import type { App, ModelConfig } from '../../api/types/apps.ts'
import { modeOf } from '../models/model-choices.ts'
import type { Starter } from './starters.ts'

/** Creates the app and publishes its configuration, on the model that the server gave it or the first one that is ready. */
export async function createFromStarter(api: ConsoleApi, starter: Starter): Promise<App> {
  const app = await api.apps.create({
    name: starter.name,
    description: starter.description,
    mode: starter.mode,
    icon_type: 'emoji',
    icon: starter.icon,
    icon_background: '#E4F2EB',
  })
  if (!app.model_config) return app
  const model = app.model_config.model?.name ? app.model_config.model : ((await firstReadyModel(api)) ?? app.model_config.model)
  await api.apps.publish(app.id, { ...app.model_config, ...starter.config, model })
  return app
}

async function firstReadyModel(api: ConsoleApi): Promise<ModelConfig['model'] | undefined> {
  const providers = await api.models.models('llm')
  for (const provider of providers) {
    const model = provider.models.find((candidate) => candidate.status === 'active' && !candidate.deprecated)
    if (model) return { provider: provider.provider, name: model.model, mode: modeOf(model), completion_params: {} }
  }
  return undefined
}
