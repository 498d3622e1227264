import type { CredentialRests } from './credential-rests.ts'
import { callableOf, versionOf } from './key-pools.ts'
import type { CustomModel } from './workspace-models.ts'

/**
 * A model's keys as Dify lists configurations of load balancing, the one in use among them. `ttl`: seconds for which a key takes no
 * more calls.
 */
export function presentLoadBalancing({ keys, current }: CustomModel, rests: Pick<CredentialRests, 'findLongest'>, nowMs: number) {
  const callable = callableOf(keys)
  return {
    enabled: callable.length > 1,
    configs: keys.map((key) => {
      const rest = rests.findLongest(versionOf(key))
      return {
        id: key.id,
        name: key.credential_name,
        credential_id: key.id,
        /** Not shown here: `credential_id` of the question chooses the key that is. */
        credentials: {},
        enabled: callable.includes(key),
        is_current: key === current,
        in_cooldown: rest !== undefined,
        ttl: rest ? Math.max(0, Math.ceil((rest.untilMs - nowMs) / 1000)) : 0,
      }
    }),
  }
}

interface BalancingConfig {
  readonly id?: string | null | undefined
  readonly credential_id?: string | null | undefined
  readonly enabled?: boolean | null | undefined
}

/** The keys that such a list, sent back, wants to share the load. Entries without an id stand for the key in use (Dify's `__inherit__`). */
export const sharingOf = (balancing: {
  readonly enabled?: boolean | null | undefined
  readonly configs?: readonly BalancingConfig[] | null | undefined
}): readonly string[] =>
  balancing.enabled
    ? (balancing.configs ?? []).flatMap(({ id, credential_id, enabled }) => {
        const key = credential_id || id
        return key && enabled !== false ? [key] : []
      })
    : []
