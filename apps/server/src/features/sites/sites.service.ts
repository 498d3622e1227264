import { AppError, type SiteUpdate } from '@trellis/contracts'
import { type AppsTable, type Db, toFlag } from '@trellis/db'
import { newId, randomToken } from '@trellis/kit'
import type { Clock } from '@trellis/spec'
import { assertIcon, type IconFiles } from './icons.ts'
import { deleteSite, findSiteByCode, findSiteOfApp, insertSite, type SiteRow, updateSite } from './sites.repository.ts'

const CODE_LENGTH = 16

export interface SiteOwner {
  readonly tenantId: string
  readonly appId: string
  readonly accountId: string
}

export interface SiteService {
  find(tenantId: string, appId: string): Promise<SiteRow | undefined>
  /** The page at a public address, of any workspace. */
  findByCode(code: string): Promise<SiteRow | undefined>
  /** Gives a new app its page; part of the caller's transaction. */
  createFor(db: Db, app: AppsTable, language: string): Promise<SiteRow>
  /** Takes the page of an app away; part of the caller's transaction. */
  deleteOf(db: Db, tenantId: string, appId: string): Promise<void>
  /** Absent and null leave a field as it is. @throws `app_not_found`, `invalid_param` */
  update(owner: SiteOwner, change: SiteUpdate): Promise<SiteRow>
  /** Gives the page a new address; the old one is gone at once. @throws `app_not_found` */
  resetCode(owner: SiteOwner): Promise<SiteRow>
}

export interface SiteServiceDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly files: IconFiles
}

export function createSiteService({ db, clock, files }: SiteServiceDependencies): SiteService {
  const get = async (tenantId: string, appId: string): Promise<SiteRow> => {
    const site = await findSiteOfApp(db, tenantId, appId)
    if (!site) throw new AppError('app_not_found')
    return site
  }
  const save = async ({ tenantId, appId, accountId }: SiteOwner, change: Partial<SiteRow>): Promise<SiteRow> => {
    await updateSite(db, tenantId, appId, { ...change, updated_by: accountId, updated_at: clock.now() })
    return get(tenantId, appId)
  }
  return {
    find: (tenantId, appId) => findSiteOfApp(db, tenantId, appId),
    findByCode: (code) => findSiteByCode(db, code),
    async createFor(db, app, language) {
      const site = newSite(app, language)
      await insertSite(db, site)
      return site
    },
    deleteOf: (db, tenantId, appId) => deleteSite(db, tenantId, appId),
    async update(owner, change) {
      const site = await get(owner.tenantId, owner.appId)
      const columns = toColumns(change)
      if (columns.icon !== undefined || columns.icon_type !== undefined) {
        await assertIcon(files, owner.tenantId, { ...site, ...columns })
      }
      return save(owner, columns)
    },
    resetCode: (owner) => save(owner, { code: randomToken(CODE_LENGTH) }),
  }
}

function newSite(app: AppsTable, language: string): SiteRow {
  return {
    id: newId(),
    tenant_id: app.tenant_id,
    app_id: app.id,
    code: randomToken(CODE_LENGTH),
    title: app.name,
    icon_type: app.icon_type,
    icon: app.icon,
    icon_background: app.icon_background,
    description: null,
    default_language: language,
    chat_color_theme: null,
    chat_color_theme_inverted: 0,
    customize_domain: null,
    copyright: null,
    privacy_policy: null,
    input_placeholder: null,
    custom_disclaimer: '',
    customize_token_strategy: 'not_allow',
    prompt_public: 0,
    show_workflow_steps: 1,
    use_icon_as_answer_icon: app.use_icon_as_answer_icon,
    access_mode: 'public',
    created_by: app.created_by,
    created_at: app.created_at,
    updated_by: app.updated_by,
    updated_at: app.updated_at,
  }
}

function toColumns(change: SiteUpdate): Partial<SiteRow> {
  const given = Object.entries(change).filter(([, value]) => value !== null && value !== undefined)
  // The contract's keys are the table's columns; booleans are the only values that are stored otherwise.
  return Object.fromEntries(given.map(([name, value]) => [name, typeof value === 'boolean' ? toFlag(value) : value])) as Partial<SiteRow>
}
