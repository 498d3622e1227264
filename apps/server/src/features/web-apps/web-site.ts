import { type AppsTable, type Db, fromFlag, type SitesTable } from '@trellis/db'
import { type IconFiles, iconUrl } from '../sites/index.ts'

/** The look of an app's public page, as callers see it; for pages of whoever has no passport. Undefined where it has none. */
export type WebSiteReader = (appId: string) => Promise<Awaited<ReturnType<typeof describeWebSite>> | undefined>

export const createWebSiteReader =
  (db: Db, files: IconFiles): WebSiteReader =>
  async (appId) => {
    const [app, site] = await Promise.all([
      db.selectFrom('apps').selectAll().where('id', '=', appId).executeTakeFirst(),
      db.selectFrom('sites').selectAll().where('app_id', '=', appId).executeTakeFirst(),
    ])
    return app && site && describeWebSite(db, files, { app, site })
  }

/** What a published page needs to know before it shows anything (service-api 5.2). */
export async function describeWebSite(db: Db, files: IconFiles, { app, site }: { readonly app: AppsTable; readonly site: SitesTable }) {
  const tenant = await db.selectFrom('tenants').select('plan').where('id', '=', app.tenant_id).executeTakeFirst()
  return {
    app_id: app.id,
    end_user_id: null,
    enable_site: fromFlag(app.enable_site),
    site: {
      ...presentSite(site, files),
      // A page that is described nowhere else is what its app is.
      description: site.description || app.description || null,
      prompt_public: fromFlag(site.prompt_public),
    },
    plan: tenant?.plan ?? 'basic',
  }
}

export function presentSite(site: SitesTable, files: IconFiles) {
  return {
    title: site.title,
    icon_type: site.icon_type,
    icon: site.icon,
    icon_background: site.icon_background,
    icon_url: iconUrl(files, site),
    description: site.description,
    copyright: site.copyright,
    privacy_policy: site.privacy_policy,
    custom_disclaimer: site.custom_disclaimer,
    input_placeholder: site.input_placeholder,
    default_language: site.default_language,
    chat_color_theme: site.chat_color_theme,
    chat_color_theme_inverted: fromFlag(site.chat_color_theme_inverted),
    show_workflow_steps: fromFlag(site.show_workflow_steps),
    use_icon_as_answer_icon: fromFlag(site.use_icon_as_answer_icon),
  }
}
