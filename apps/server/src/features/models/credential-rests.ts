import { type Clock, type LiveEvents, ProviderError } from '@trellis/spec'
import { z } from 'zod'

/** Why a set of credentials takes no calls for a while. */
export interface Rest {
  readonly untilMs: number
  readonly reason: 'rate-limit' | 'authorization' | 'connection'
}

/** Which credentials rest, since their provider refused calls by them. Known to all processes, kept by none. */
export interface CredentialRests {
  /** The rest of a set as far as one model goes. */
  find(version: string, model: string): Rest | undefined
  /** The longest rest of a set with any model. */
  findLongest(version: string): Rest | undefined
  /** Lets a set rest where the failure is one of its own; tells whether it is. */
  begin(version: string, model: string, error: unknown): boolean
}

/** A limit holds for one model, a refused key or an address that is away for all of them. */
const ALL_MODELS = ''
const REST_MS = { 'rate-limit': 60_000, authorization: 60_000, connection: 10_000 } as const
/** However long a provider asks for. */
const LONGEST_REST_MS = 600_000
const MOST_KNOWN = 10_000
const CHANNEL = 'model-credentials-rest'

const restMessage = z.object({
  version: z.string(),
  model: z.string(),
  reason: z.enum(['rate-limit', 'authorization', 'connection']),
  /** How long, not until when: clocks of hosts differ. */
  forMs: z.number(),
})
type RestMessage = z.infer<typeof restMessage>

export async function createCredentialRests({
  clock,
  liveEvents,
}: {
  readonly clock: Clock
  readonly liveEvents: LiveEvents
}): Promise<CredentialRests> {
  const known = new Map<string, Map<string, Rest>>()
  const keep = ({ version, model, reason, forMs }: RestMessage): void => {
    if (known.size >= MOST_KNOWN) known.clear()
    const ofSet = known.get(version) ?? new Map<string, Rest>()
    ofSet.set(model, { untilMs: clock.now() + forMs, reason })
    known.set(version, ofSet)
  }
  await liveEvents.subscribe(CHANNEL, (text) => {
    const message = restMessage.safeParse(JSON.parse(text))
    if (message.success) keep(message.data)
  })
  const longestOf = (rests: Iterable<Rest | undefined>): Rest | undefined => {
    let longest: Rest | undefined
    for (const rest of rests) if (rest && rest.untilMs > Math.max(clock.now(), longest?.untilMs ?? 0)) longest = rest
    return longest
  }
  return {
    find(version, model) {
      const ofSet = known.get(version)
      return ofSet && longestOf([ofSet.get(model), ofSet.get(ALL_MODELS)])
    },
    findLongest: (version) => longestOf(known.get(version)?.values() ?? []),
    begin(version, model, error) {
      const reason = ProviderError.is(error) ? error.kind : undefined
      if (!ProviderError.is(error) || (reason !== 'rate-limit' && reason !== 'authorization' && reason !== 'connection')) return false
      const forMs = Math.min(error.retryAfterMs ?? REST_MS[reason], LONGEST_REST_MS)
      const message: RestMessage = { version, model: reason === 'rate-limit' ? model : ALL_MODELS, reason, forMs }
      keep(message)
      // Whoever does not hear of it finds out for itself.
      void liveEvents.publish(CHANNEL, JSON.stringify(message)).catch(() => undefined)
      return true
    },
  }
}
