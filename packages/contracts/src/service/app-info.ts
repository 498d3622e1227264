import { z } from 'zod'
import { appMode, orNull, uuid } from '../common/wire.ts'
import { appMetaSchema, appParametersSchema } from '../entities/app-parameters.ts'
import { defineRoute } from '../routes/define-route.ts'

export const serviceAppRoutes = {
  getServiceRoot: defineRoute({
    surface: 'service',
    method: 'GET',
    path: '/',
    summary: 'Tell which API this is',
    tag: 'App',
    auth: { type: 'public' },
    responses: { 200: z.object({ welcome: z.string(), api_version: z.string(), server_version: z.string() }) },
  }),
  getAppInfo: defineRoute({
    surface: 'service',
    method: 'GET',
    path: '/info',
    summary: 'Get name, description and mode of the app',
    tag: 'App',
    auth: { type: 'app-key' },
    responses: {
      200: z.object({
        name: z.string(),
        description: z.string(),
        tags: z.array(z.string()),
        mode: appMode,
        author_name: orNull(z.string()),
      }),
    },
  }),
  getAppParameters: defineRoute({
    surface: 'service',
    method: 'GET',
    path: '/parameters',
    summary: 'Get the form, the features and the limits of the app',
    tag: 'App',
    auth: { type: 'app-key' },
    responses: { 200: appParametersSchema },
    errors: ['app_unavailable'],
  }),
  getAppMeta: defineRoute({
    surface: 'service',
    method: 'GET',
    path: '/meta',
    summary: 'Get the icons of the tools that the app uses',
    tag: 'App',
    auth: { type: 'app-key' },
    responses: { 200: appMetaSchema },
  }),
  getAppSite: defineRoute({
    surface: 'service',
    method: 'GET',
    path: '/site',
    summary: 'Get the look of the app’s public page',
    tag: 'App',
    auth: { type: 'app-key' },
    responses: {
      200: z.object({
        title: z.string(),
        chat_color_theme: orNull(z.string()),
        chat_color_theme_inverted: z.boolean(),
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
        show_workflow_steps: z.boolean(),
        use_icon_as_answer_icon: z.boolean(),
      }),
    },
  }),
  getEndUser: defineRoute({
    surface: 'service',
    method: 'GET',
    path: '/end-users/:end_user_id',
    summary: 'Get an end user by id',
    tag: 'App',
    auth: { type: 'app-key' },
    params: z.object({ end_user_id: uuid }),
    responses: {
      200: z.object({
        id: uuid,
        tenant_id: uuid,
        app_id: orNull(uuid),
        type: z.string(),
        external_user_id: orNull(z.string()),
        name: orNull(z.string()),
        is_anonymous: z.boolean(),
        session_id: z.string(),
        /** ISO 8601. */
        created_at: z.string(),
        updated_at: z.string(),
      }),
    },
    errors: ['end_user_not_found'],
  }),
}
