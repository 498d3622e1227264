import type { LinkedIdentity } from '../../../api/types/account.ts'

type Service = LinkedIdentity['provider']

const VISITED = 'trellis.linking'

/** Remembers over the visit to another service that it was to be linked. Where storage is closed, nothing is said of its return. */
export function beginLink(service: Service): void {
  try {
    sessionStorage.setItem(VISITED, service)
  } catch {
    // See above.
  }
}

/** The service that a visit was begun to, told once. */
export function endLink(): string | undefined {
  try {
    const service = sessionStorage.getItem(VISITED) ?? undefined
    sessionStorage.removeItem(VISITED)
    return service
  } catch {
    return undefined
  }
}
