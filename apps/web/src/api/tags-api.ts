import type { CountedTag } from '@trellis/contracts'
import type { HttpClient } from './http-client.ts'

/** A tag of apps, with how many apps have it. */
export type AppTag = CountedTag

export interface TagsApi {
  list(): Promise<readonly AppTag[]>
  create(name: string): Promise<AppTag>
  rename(id: string, name: string): Promise<AppTag>
  /** The apps that have it stay. */
  remove(id: string): Promise<void>
  bind(appId: string, tagId: string): Promise<void>
  unbind(appId: string, tagId: string): Promise<void>
}

export function createTagsApi(http: HttpClient): TagsApi {
  const binding = (appId: string, tagId: string) => ({ type: 'app', target_id: appId, tag_ids: [tagId] })
  return {
    list: () => http.get('/tags', { query: { type: 'app' } }),
    create: (name) => http.post('/tags', { name, type: 'app' }),
    rename: (id, name) => http.patch(`/tags/${id}`, { name }),
    remove: (id) => http.delete(`/tags/${id}`),
    bind: (appId, tagId) => http.post('/tag-bindings', binding(appId, tagId)),
    unbind: (appId, tagId) => http.post('/tag-bindings/remove', binding(appId, tagId)),
  }
}
