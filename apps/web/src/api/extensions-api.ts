import type { HttpClient } from './http-client.ts'
import type { ApiExtension, ApiExtensionInput, ApiExtensionUser } from './types/extensions.ts'

/** Servers of the workspace's own that its apps ask. */
export interface ExtensionsApi {
  /** Oldest first. */
  list(): Promise<readonly ApiExtension[]>
  create(input: ApiExtensionInput): Promise<ApiExtension>
  change(id: string, input: ApiExtensionInput): Promise<ApiExtension>
  delete(id: string): Promise<void>
  /** Apps that ask it, by name. */
  users(id: string): Promise<readonly ApiExtensionUser[]>
}

const PATH = '/api-based-extension'

export function createExtensionsApi(http: HttpClient): ExtensionsApi {
  return {
    list: () => http.get(PATH),
    create: (input) => http.post(PATH, input),
    change: (id, input) => http.post(`${PATH}/${id}`, input),
    delete: (id) => http.delete(`${PATH}/${id}`),
    users: async (id) => (await http.get<{ data: readonly ApiExtensionUser[] }>(`${PATH}/${id}/apps`)).data,
  }
}
