import { AppError, modelConfigSchema, type PublishObstacle, type wire } from '@trellis/contracts'
import { fromJsonText } from '@trellis/db'
import { refusalWithin } from '../../http/refusal-of-issue.ts'
import type { AppModels } from './app-config.service.ts'
import { isBasicMode } from './apps.policy.ts'
import type { AppContent } from './apps.service.ts'
import { checkConfig } from './check-config.ts'
import { keepKeysOf } from './config-document.ts'
import { obstacleOf, unknownModel } from './publish-obstacles.ts'

export interface ImportedConfig {
  readonly content: Pick<AppContent, 'config' | 'draftConfig'>
  /** Why it could not be published; it is the editor's to mend then. */
  readonly problem: ImportProblem | undefined
}

export interface ImportProblem {
  readonly message: string
  readonly obstacle: PublishObstacle
}

/**
 * What a new app makes of a configuration from an app file: published as it is where it works here, else kept for the editor.
 * @throws AppError `invalid_param` where it is no configuration
 */
export async function readImportedConfig(
  models: AppModels,
  { tenantId, mode, text }: { readonly tenantId: string; readonly mode: wire.AppMode; readonly text: string },
): Promise<ImportedConfig> {
  const parsed = modelConfigSchema.safeParse(fromJsonText<unknown>(text))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new AppError('invalid_param', {
      message: `model_config: ${[issue?.path.join('.'), issue?.message].filter(Boolean).join(': ')}`,
      param: 'model_config',
      refusal: refusalWithin('model_config', issue),
      cause: parsed.error,
    })
  }
  const unpublished = (message: string, obstacle: PublishObstacle): ImportedConfig => ({
    content: { draftConfig: text },
    problem: { message, obstacle },
  })
  if (!isBasicMode(mode)) return unpublished(`Apps of the mode "${mode}" cannot run yet.`, { code: 'mode_later', values: { mode } })
  const { provider, name } = parsed.data.model
  try {
    checkConfig(parsed.data)
    await models.checkSections(tenantId, keepKeysOf(mode, parsed.data))
    if (await models.describeModel({ tenantId, provider, model: name })) return { content: { config: text }, problem: undefined }
    return unpublished(`The model "${name}" of ${provider} is not known in this workspace.`, unknownModel(provider, name))
  } catch (error) {
    if (AppError.is(error)) return unpublished(error.message, obstacleOf(error, provider))
    throw error
  }
}
