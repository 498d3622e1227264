import type { AppSite } from '@trellis/contracts'
import { fromFlag } from '@trellis/db'
import { toSeconds } from '../../http/compat/seconds.ts'
import { type IconFiles, iconUrl } from './icons.ts'
import type { SiteRow } from './sites.repository.ts'

/** What saving a site answers. */
export const presentSavedSite = (site: SiteRow) => ({
  app_id: site.app_id,
  code: site.code,
  access_token: site.code,
  title: site.title,
  icon: site.icon,
  icon_background: site.icon_background,
  description: site.description,
  default_language: site.default_language,
  customize_domain: site.customize_domain,
  copyright: site.copyright,
  privacy_policy: site.privacy_policy,
  input_placeholder: site.input_placeholder,
  custom_disclaimer: site.custom_disclaimer,
  customize_token_strategy: site.customize_token_strategy,
  prompt_public: fromFlag(site.prompt_public),
  show_workflow_steps: fromFlag(site.show_workflow_steps),
  use_icon_as_answer_icon: fromFlag(site.use_icon_as_answer_icon),
  access_mode: site.access_mode,
})

/** A site inside its app. `baseUrl`: where published pages are served. */
export function presentSite(site: SiteRow, { files, baseUrl }: { readonly files: IconFiles; readonly baseUrl: string }): AppSite {
  const { app_id: _, ...saved } = presentSavedSite(site)
  return {
    ...saved,
    icon_type: site.icon_type,
    icon_url: iconUrl(files, site),
    chat_color_theme: site.chat_color_theme,
    chat_color_theme_inverted: fromFlag(site.chat_color_theme_inverted),
    app_base_url: baseUrl,
    created_by: site.created_by,
    created_at: toSeconds(site.created_at),
    updated_by: site.updated_by,
    updated_at: toSeconds(site.updated_at),
  }
}
