import { AppError } from '@trellis/contracts'
import { type AppsTable, type Db, fromJsonText } from '@trellis/db'
import { refusalWithin } from '../../http/refusal-of-issue.ts'
import { type BasicConfig, basicConfigSchema } from '../turns/index.ts'
import { findConfigById } from './app-configs.repository.ts'

export interface PublishedConfig {
  readonly id: string
  readonly value: BasicConfig
}

export interface PublishedConfigs {
  /** @throws `app_unavailable` where the app was never published, or what was published cannot be read */
  get(app: AppsTable): Promise<PublishedConfig>
}

const MAX_CACHED = 1000

/** Published configurations never change, so each is read and parsed once and kept while it is in use. */
export function createPublishedConfigs({ db }: { readonly db: Db }): PublishedConfigs {
  const known = new Map<string, PublishedConfig>()
  const read = async (tenantId: string, id: string): Promise<PublishedConfig> => {
    const row = await findConfigById(db, tenantId, id)
    const parsed = basicConfigSchema.safeParse(row && fromJsonText<unknown>(row.config))
    if (!parsed.success) {
      throw new AppError('app_unavailable', {
        message: 'The published configuration of this app cannot be read. Publish it again in the console.',
        cause: parsed.error,
      })
    }
    return { id, value: parsed.data }
  }
  return {
    async get({ tenant_id, published_config_id: id }) {
      if (id === null) {
        throw new AppError('app_unavailable', { message: 'This app has not been published yet. Publish it in the console.' })
      }
      const config = known.get(id) ?? (await read(tenant_id, id))
      // Put back at the end: the first of the map is then the one unused for longest.
      known.delete(id)
      known.set(id, config)
      const [oldest] = known.keys()
      if (known.size > MAX_CACHED && oldest !== undefined) known.delete(oldest)
      return config
    },
  }
}

/** Reads a configuration that a caller brings along. @throws `invalid_param` */
export function parseConfig(value: unknown): BasicConfig {
  const parsed = basicConfigSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new AppError('invalid_param', {
    message: `model_config: ${[issue?.path.join('.'), issue?.message].filter(Boolean).join(': ')}`,
    param: 'model_config',
    refusal: refusalWithin('model_config', issue),
    cause: parsed.error,
  })
}

/** The configuration as the editor shows it: the draft, or else what is published. */
export async function findConfigInEditor(configs: PublishedConfigs, app: AppsTable): Promise<BasicConfig | undefined> {
  if (app.draft_config !== null) return basicConfigSchema.safeParse(fromJsonText<unknown>(app.draft_config)).data
  return app.published_config_id === null ? undefined : (await configs.get(app)).value
}
