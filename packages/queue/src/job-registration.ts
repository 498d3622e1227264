import type { JobDefinition, JobHandler, JobRegistration } from '@trellis/spec'

/** Joins a kind of job with its handler. The payload is parsed before the handler sees it: what does not parse fails the try. */
export function createJobRegistration<T>(definition: JobDefinition<T>, handler: JobHandler<T>): JobRegistration {
  return {
    definition,
    handler: async (context) => handler({ ...context, payload: definition.payload.parse(context.payload) }),
  }
}

/** By name. @throws TypeError where a kind has two handlers. */
export function indexRegistrations(registrations: readonly JobRegistration[]): ReadonlyMap<string, JobRegistration> {
  const byName = new Map<string, JobRegistration>()
  for (const registration of registrations) {
    const { name } = registration.definition
    if (byName.has(name)) throw new TypeError(`The job "${name}" has two handlers; register it once.`)
    byName.set(name, registration)
  }
  return byName
}
