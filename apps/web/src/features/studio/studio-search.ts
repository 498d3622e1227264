/** What the Studio's dialogs make. */
export type NewApp = 'chat' | 'completion' | 'import'
export type ListedMode = 'chat' | 'completion' | 'advanced-chat' | 'workflow'
/** Otherwise by when they were last changed. */
export type AppOrder = 'recently_created' | 'earliest_created'

/** What the Studio's address keeps; what is absent does not narrow. */
export interface StudioSearch {
  /** A part of the name. */
  readonly q?: string
  readonly mode?: ListedMode
  readonly sort?: AppOrder
  /** Ids; any of them. */
  readonly tags?: readonly string[]
  /** Starred apps come first. */
  readonly starred?: true
  /** The dialog that is open. */
  readonly new?: NewApp
}

const newApps = ['chat', 'completion', 'import'] as const satisfies readonly NewApp[]
const modes = ['chat', 'completion', 'advanced-chat', 'workflow'] as const satisfies readonly ListedMode[]
const orders = ['recently_created', 'earliest_created'] as const satisfies readonly AppOrder[]

const among = <Value>(values: readonly Value[], value: unknown): Value | undefined => values.find((known) => known === value)

/** Reads an address, which anybody may have written: what is not known is left out. */
export function readStudioSearch(search: Record<string, unknown>): StudioSearch {
  // The router reads `?q=2026` as a number.
  const name = ['string', 'number'].includes(typeof search['q']) ? String(search['q']) : ''
  const mode = among(modes, search['mode'])
  const sort = among(orders, search['sort'])
  const making = among(newApps, search['new'])
  const tags = [search['tags'] ?? []].flat().filter((id) => typeof id === 'string' && id !== '')
  return {
    ...(name !== '' && { q: name }),
    ...(mode && { mode }),
    ...(sort && { sort }),
    // The filter leaves nothing but texts.
    ...(tags.length > 0 && { tags: tags as string[] }),
    ...(search['starred'] === true && { starred: true as const }),
    ...(making && { new: making }),
  }
}

/** Whether there may be apps that it hides. */
export const isNarrowed = ({ q = '', mode, tags = [] }: StudioSearch): boolean => q.trim() !== '' || mode !== undefined || tags.length > 0
