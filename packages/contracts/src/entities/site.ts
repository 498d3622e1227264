import { z } from 'zod'
import { iconType, orNull, timestamp, uuid } from '../common/wire.ts'

const tokenStrategy = z.enum(['must', 'allow', 'not_allow'])

/** Who may open the page; `private_all` is members of the workspace who are signed in. */
const accessMode = z.enum(['public', 'private_all'])

const look = {
  title: z.string(),
  icon: orNull(z.string()),
  icon_background: orNull(z.string()),
  description: orNull(z.string()),
  default_language: z.string(),
  customize_domain: orNull(z.string()),
  copyright: orNull(z.string()),
  privacy_policy: orNull(z.string()),
  input_placeholder: orNull(z.string()),
  custom_disclaimer: orNull(z.string()),
  customize_token_strategy: tokenStrategy,
  prompt_public: z.boolean(),
  show_workflow_steps: z.boolean(),
  use_icon_as_answer_icon: z.boolean(),
  access_mode: accessMode,
}

/** What saving a site answers; `access_token` is the same as `code`. */
export const savedSiteSchema = z.object({ app_id: uuid, code: z.string(), access_token: z.string(), ...look })

/** The public page of an app, inside the app. */
export const appSiteSchema = z.object({
  ...look,
  code: z.string(),
  access_token: z.string(),
  icon_type: orNull(iconType),
  icon_url: orNull(z.string()),
  chat_color_theme: orNull(z.string()),
  chat_color_theme_inverted: z.boolean().default(false),
  /** Where published pages are served; the page's address is this, the mode's segment and the code. */
  app_base_url: orNull(z.string()),
  created_by: orNull(uuid),
  created_at: orNull(timestamp),
  updated_by: orNull(uuid),
  updated_at: orNull(timestamp),
})
export type AppSite = z.infer<typeof appSiteSchema>

const textUpTo = (characters: number) => z.string().max(characters, `takes at most ${characters} characters`).nullish()

/** Changes to a site: absent and null leave a field as it is. */
export const siteUpdateInput = z.object({
  title: textUpTo(255),
  icon_type: iconType.nullish(),
  icon: textUpTo(255),
  icon_background: textUpTo(64),
  description: textUpTo(2000),
  default_language: textUpTo(64),
  chat_color_theme: textUpTo(255),
  chat_color_theme_inverted: z.boolean().nullish(),
  customize_domain: textUpTo(255),
  copyright: textUpTo(255),
  privacy_policy: textUpTo(255),
  input_placeholder: textUpTo(255),
  custom_disclaimer: textUpTo(512),
  customize_token_strategy: tokenStrategy.nullish(),
  prompt_public: z.boolean().nullish(),
  show_workflow_steps: z.boolean().nullish(),
  use_icon_as_answer_icon: z.boolean().nullish(),
  access_mode: accessMode.nullish(),
})
export type SiteUpdate = z.infer<typeof siteUpdateInput>
