import { z } from 'zod'
import { jsonObject, orNull, uuid } from '../common/wire.ts'
import { appMetaSchema, appParametersSchema } from '../entities/app-parameters.ts'
import { defineRoute } from '../routes/define-route.ts'
import { webApp } from './web-app.ts'

/** What a published page needs to know before it shows anything. */
export const webSiteSchema = z.object({
  app_id: uuid,
  end_user_id: orNull(uuid),
  enable_site: z.boolean(),
  site: z.object({
    title: z.string(),
    icon_type: orNull(z.string()),
    icon: orNull(z.string()),
    icon_background: orNull(z.string()),
    icon_url: orNull(z.string()),
    description: orNull(z.string()),
    copyright: orNull(z.string()),
    privacy_policy: orNull(z.string()),
    custom_disclaimer: orNull(z.string()),
    input_placeholder: orNull(z.string()),
    default_language: z.string(),
    chat_color_theme: orNull(z.string()),
    chat_color_theme_inverted: z.boolean().default(false),
    prompt_public: z.boolean(),
    show_workflow_steps: z.boolean(),
    use_icon_as_answer_icon: z.boolean(),
  }),
  model_config: z.null().default(null),
  plan: z.string(),
  can_replace_logo: z.boolean().default(false),
  custom_config: orNull(jsonObject),
})
export type WebSite = z.infer<typeof webSiteSchema>

export const webSiteRoutes = {
  getWebSite: defineRoute({
    ...webApp,
    tag: 'App',
    method: 'GET',
    path: '/site',
    summary: 'Get the look of the public page',
    responses: { 200: webSiteSchema },
    errors: ['forbidden'],
  }),
  getWebParameters: defineRoute({
    ...webApp,
    tag: 'App',
    method: 'GET',
    path: '/parameters',
    summary: 'Get the form, the features and the limits of the app',
    responses: { 200: appParametersSchema },
    errors: ['app_unavailable'],
  }),
  getWebMeta: defineRoute({
    ...webApp,
    tag: 'App',
    method: 'GET',
    path: '/meta',
    summary: 'Get the icons of the tools that the app uses',
    responses: { 200: appMetaSchema },
  }),
}
