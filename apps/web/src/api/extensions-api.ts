import type { ApiExtension } from '@trellis/contracts'
import type { HttpClient } from './http-client.ts'

export interface ExtensionsApi {
  /** The workspace's API extensions, oldest first. */
  list(): Promise<readonly ApiExtension[]>
}

export function createExtensionsApi(http: HttpClient): ExtensionsApi {
  return { list: () => http.get<readonly ApiExtension[]>('/api-based-extension') }
}
