import { AppError, type BodyOf, type consoleModelRoutes } from '@trellis/contracts'

type LoadBalancing = NonNullable<BodyOf<typeof consoleModelRoutes.addProviderModel>['load_balancing']>

/** Dify's name for what stands for the key in use. */
const INHERITED = '__inherit__'

/**
 * The keys that Dify's list of configurations wants to share the load; undefined where it says nothing of them.
 * @throws AppError `invalid_param` where a configuration brings credentials of its own
 */
export function readSharing({ enabled, configs }: LoadBalancing): readonly string[] | undefined {
  for (const { id, credential_id, name, credentials } of configs ?? []) {
    if (id || credential_id || name === INHERITED || Object.keys(credentials ?? {}).length === 0) continue
    throw new AppError('invalid_param', {
      param: 'load_balancing',
      message:
        'load_balancing.configs: credentials are added first (POST …/models/credentials, or POST …/credentials), then named here by credential_id.',
    })
  }
  if (enabled === false) return []
  if (!enabled || !configs) return undefined
  return configs.flatMap((config) => {
    const key = config.credential_id || config.id
    return key && config.enabled !== false ? [key] : []
  })
}
