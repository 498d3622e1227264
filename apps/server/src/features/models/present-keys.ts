import type { CredentialRests, Rest } from './credential-rests.ts'
import { callableOf, versionOf } from './key-pools.ts'

/** A key of a provider, or of a model that was added. */
export interface NamedKey {
  readonly id: string
  readonly name: string
  readonly is_active: number
  readonly shares_load: number
  readonly updated_at: number
}

export const toNamedKey = <Row extends Omit<NamedKey, 'name'> & { readonly credential_name: string }>(row: Row) => ({
  ...row,
  name: row.credential_name,
})

type Rests = Pick<CredentialRests, 'findLongest'>

/** The rest of a key that would take calls in turn with others; one that nobody stands in for never rests. */
function restsOf(keys: readonly NamedKey[], rests: Rests): (key: NamedKey) => Rest | undefined {
  const callable = callableOf(keys)
  return (key) => (callable.length > 1 && callable.includes(key) ? rests.findLongest(versionOf(key)) : undefined)
}

export function presentKeys(keys: readonly NamedKey[], rests: Rests) {
  const restOf = restsOf(keys, rests)
  return keys.map((key) => {
    const rest = restOf(key)
    return {
      credential_id: key.id,
      credential_name: key.name,
      shares_load: key.shares_load === 1,
      resting: rest ? { until: Math.ceil(rest.untilMs / 1000), reason: rest.reason } : null,
    }
  })
}

/**
 * Keys as Dify lists configurations of load balancing, the one in use among them. `ttl`: seconds for which a key takes no more calls.
 * What a key holds is not shown here: `credential_id` of the question chooses the one that is.
 */
export function presentLoadBalancing(keys: readonly NamedKey[], rests: Rests, nowMs: number) {
  const callable = callableOf(keys)
  const restOf = restsOf(keys, rests)
  return {
    enabled: callable.length > 1,
    configs: keys.map((key) => {
      const rest = restOf(key)
      return {
        id: key.id,
        name: key.name,
        credential_id: key.id,
        credentials: {},
        enabled: callable.includes(key),
        is_current: key === callable[0],
        in_cooldown: rest !== undefined,
        ttl: rest ? Math.max(0, Math.ceil((rest.untilMs - nowMs) / 1000)) : 0,
      }
    }),
  }
}
