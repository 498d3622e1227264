import type { ApiExtension, ApiExtensionInput } from '../../../api/types/extensions.ts'

/** What a person fills in. */
export interface ExtensionForm {
  readonly name: string
  readonly endpoint: string
  /** Empty keeps the key that stands. */
  readonly key: string
}

/** What keeps it from being sent; keys of texts. */
export interface ExtensionFaults {
  readonly name?: 'name' | 'taken'
  readonly endpoint?: 'endpoint'
  readonly key?: 'key' | 'moved'
}

const SHORTEST_KEY = 5

/** Stands for the stored key, which the console never saw. */
const HIDDEN = '[__HIDDEN__]'

export const formOf = (extension: ApiExtension | undefined): ExtensionForm => ({
  name: extension?.name ?? '',
  endpoint: extension?.api_endpoint ?? '',
  key: '',
})

export function findFaults({ name, endpoint, key }: ExtensionForm, stored: ApiExtension | undefined): ExtensionFaults {
  const keyFault = findKeyFault(key.trim(), stored && stored.api_endpoint !== endpoint.trim() ? 'moved' : stored && 'kept')
  return {
    ...(name.trim() === '' && { name: 'name' as const }),
    ...(!/^https?:\/\/\S+$/u.test(endpoint.trim()) && { endpoint: 'endpoint' as const }),
    ...(keyFault && { key: keyFault }),
  }
}

function findKeyFault(key: string, stored: 'kept' | 'moved' | undefined): ExtensionFaults['key'] {
  if (key === '' && stored) return stored === 'moved' ? 'moved' : undefined
  return key.length < SHORTEST_KEY || /[^\x21-\x7e]/u.test(key) ? 'key' : undefined
}

export const toInput = ({ name, endpoint, key }: ExtensionForm): ApiExtensionInput => ({
  name: name.trim(),
  api_endpoint: endpoint.trim(),
  api_key: key.trim() || HIDDEN,
})
