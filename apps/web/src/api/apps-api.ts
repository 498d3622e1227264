import type { HttpClient } from './http-client.ts'
import type {
  ApiKey,
  App,
  AppCreate,
  AppLimits,
  AppLimitsUpdate,
  AppSummary,
  AppUpdate,
  DraftConfig,
  ModelConfig,
  Page,
  SavedSite,
  SiteUpdate,
  SwitchedApp,
} from './types/apps.ts'

export interface AppListQuery {
  readonly page: number
  readonly limit: number
  readonly name?: string
  readonly mode?: string
  readonly sort_by?: string
  /** Any of these. */
  readonly tag_ids?: readonly string[]
  readonly starred_first?: boolean
}

export interface AppsApi {
  list(query: AppListQuery): Promise<Page<AppSummary>>
  get(id: string): Promise<App>
  create(input: AppCreate): Promise<App>
  update(id: string, input: AppUpdate): Promise<App>
  /** With configuration and draft; logs, keys and address are its own. */
  copy(id: string, name: string): Promise<App>
  /** As a new app with a draft: a chatflow of a chat app, a workflow of a text app. */
  convert(id: string, name: string): Promise<void>
  remove(id: string): Promise<void>
  /** For whoever is signed in, and for nobody else. */
  setStar(id: string, isStarred: boolean): Promise<void>
  setSiteEnabled(id: string, isEnabled: boolean): Promise<SwitchedApp>
  setApiEnabled(id: string, isEnabled: boolean): Promise<SwitchedApp>
  updateSite(id: string, input: SiteUpdate): Promise<SavedSite>
  resetSiteAddress(id: string): Promise<SavedSite>
  draft(id: string): Promise<DraftConfig>
  /** Answers `conflict` where the stored draft is not the one that `hash` names. */
  saveDraft(id: string, input: { model_config: ModelConfig; hash: string }, options?: { keepalive?: boolean }): Promise<DraftConfig>
  /** Drops the draft: it becomes what is published. */
  discardDraft(id: string): Promise<DraftConfig>
  publish(id: string, config: ModelConfig): Promise<void>
  limits(id: string): Promise<AppLimits>
  updateLimits(id: string, input: AppLimitsUpdate): Promise<AppLimits>
  keys(id: string): Promise<readonly ApiKey[]>
  createKey(id: string): Promise<ApiKey>
  deleteKey(id: string, keyId: string): Promise<void>
}

export function createAppsApi(http: HttpClient): AppsApi {
  return {
    list: ({ tag_ids = [], ...query }) =>
      http.get('/apps', { query: { ...query, ...Object.fromEntries(tag_ids.map((id, index) => [`tag_ids[${index}]`, id])) } }),
    get: (id) => http.get(`/apps/${id}`),
    create: (input) => http.post('/apps', input),
    update: (id, input) => http.put(`/apps/${id}`, input),
    copy: (id, name) => http.post(`/apps/${id}/copy`, { name }),
    convert: (id, name) => http.post(`/apps/${id}/convert-to-workflow`, { name }),
    remove: (id) => http.delete(`/apps/${id}`),
    setStar: (id, isStarred) => (isStarred ? http.post(`/apps/${id}/star`) : http.delete(`/apps/${id}/star`)),
    setSiteEnabled: (id, isEnabled) => http.post(`/apps/${id}/site-enable`, { enable_site: isEnabled }),
    setApiEnabled: (id, isEnabled) => http.post(`/apps/${id}/api-enable`, { enable_api: isEnabled }),
    updateSite: (id, input) => http.post(`/apps/${id}/site`, input),
    resetSiteAddress: (id) => http.post(`/apps/${id}/site/access-token-reset`),
    draft: (id) => http.get(`/apps/${id}/draft-config`),
    saveDraft: (id, input, options = {}) => http.put(`/apps/${id}/draft-config`, input, { keepalive: options.keepalive }),
    discardDraft: (id) => http.post(`/apps/${id}/draft-config/discard`),
    publish: (id, config) => http.post(`/apps/${id}/model-config`, config),
    limits: (id) => http.get(`/apps/${id}/limits`),
    updateLimits: (id, input) => http.patch(`/apps/${id}/limits`, input),
    keys: async (id) => (await http.get<{ data: readonly ApiKey[] }>(`/apps/${id}/api-keys`)).data,
    createKey: (id) => http.post(`/apps/${id}/api-keys`),
    deleteKey: (id, keyId) => http.delete(`/apps/${id}/api-keys/${keyId}`),
  }
}
