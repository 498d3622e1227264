import { z } from 'zod'
import { appMode, pageOf, queryBoolean, queryInteger, success, uuid } from '../common/wire.ts'
import { appCreateInput, appIconInput, appItemSchema, appSchema, appSummarySchema } from '../entities/app.ts'
import { modelConfigSchema } from '../entities/model-config.ts'
import { defineRoute } from '../routes/define-route.ts'
import { administering, appReading, editing } from '../routes/roles.ts'
import { indexedList } from './indexed-list.ts'

export const appParams = z.object({ app_id: uuid })

const listQuery = z
  .looseObject({
    page: queryInteger({ min: 1, max: 99_999, default: 1 }),
    limit: queryInteger({ min: 1, max: 100, default: 20 }),
    mode: z.union([z.literal('all'), appMode]).default('all'),
    sort_by: z.enum(['last_modified', 'recently_created', 'earliest_created']).default('last_modified'),
    name: z.string().optional(),
    is_created_by_me: queryBoolean.optional(),
    /** Ours: those that the caller starred come before the others. */
    starred_first: queryBoolean.optional(),
  })
  .transform(({ page, limit, mode, sort_by, name, is_created_by_me, starred_first, ...rest }, context) => ({
    page,
    limit,
    mode,
    sort_by,
    name,
    is_created_by_me,
    starred_first,
    tag_ids: indexedList(rest, 'tag_ids', context),
    creator_ids: indexedList(rest, 'creator_ids', context),
  }))

const errors = ['app_not_found'] as const

const star = {
  surface: 'console',
  path: '/apps/:app_id/star',
  tag: 'Apps',
  auth: appReading,
  params: appParams,
  responses: { 200: success },
  errors,
} as const

export const consoleAppRoutes = {
  listApps: defineRoute({
    surface: 'console',
    method: 'GET',
    path: '/apps',
    summary: 'List the apps of the workspace',
    tag: 'Apps',
    auth: appReading,
    query: listQuery,
    responses: { 200: pageOf(appItemSchema) },
  }),
  listStarredApps: defineRoute({
    surface: 'console',
    method: 'GET',
    path: '/apps/starred',
    summary: 'List the apps that the caller starred',
    tag: 'Apps',
    auth: appReading,
    query: listQuery,
    responses: { 200: pageOf(appItemSchema) },
  }),
  starApp: defineRoute({ ...star, method: 'POST', summary: 'Star an app; only the caller sees it' }),
  unstarApp: defineRoute({ ...star, method: 'DELETE', summary: 'Take the star off an app' }),
  createApp: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/apps',
    summary: 'Create an app',
    tag: 'Apps',
    auth: editing,
    body: z.object({ ...appCreateInput, mode: appMode }),
    responses: { 201: appSchema },
  }),
  getApp: defineRoute({
    surface: 'console',
    method: 'GET',
    path: '/apps/:app_id',
    summary: 'Get an app',
    tag: 'Apps',
    auth: appReading,
    params: appParams,
    responses: { 200: appSchema },
    errors,
  }),
  updateApp: defineRoute({
    surface: 'console',
    method: 'PUT',
    path: '/apps/:app_id',
    summary: 'Change name, icon and limits of an app; what is absent is reset',
    tag: 'Apps',
    auth: editing,
    params: appParams,
    body: z.object({
      ...appCreateInput,
      use_icon_as_answer_icon: z.boolean().nullish(),
      max_active_requests: z.number().int().min(0).nullish(),
    }),
    responses: { 200: appSchema },
    errors,
  }),
  deleteApp: defineRoute({
    surface: 'console',
    method: 'DELETE',
    path: '/apps/:app_id',
    summary: 'Delete an app with everything that belongs to it',
    tag: 'Apps',
    auth: editing,
    params: appParams,
    responses: { 204: null },
    errors,
  }),
  copyApp: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/apps/:app_id/copy',
    summary: 'Copy an app with its configuration and draft; what is absent is taken from the original',
    tag: 'Apps',
    auth: editing,
    params: appParams,
    body: z.object({ ...appCreateInput, name: appCreateInput.name.nullish() }),
    responses: { 201: appSchema },
    errors,
  }),
  renameApp: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/apps/:app_id/name',
    summary: 'Rename an app',
    tag: 'Apps',
    auth: editing,
    params: appParams,
    body: z.object({ name: appCreateInput.name }),
    responses: { 200: appSummarySchema },
    errors,
  }),
  updateAppIcon: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/apps/:app_id/icon',
    summary: 'Change the icon of an app',
    tag: 'Apps',
    auth: editing,
    params: appParams,
    body: z.object(appIconInput),
    responses: { 200: appSummarySchema },
    errors,
  }),
  switchAppSite: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/apps/:app_id/site-enable',
    summary: 'Switch the public page on or off',
    tag: 'Apps',
    auth: editing,
    params: appParams,
    body: z.object({ enable_site: z.boolean() }),
    responses: { 200: appSummarySchema },
    errors,
  }),
  switchAppApi: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/apps/:app_id/api-enable',
    summary: 'Switch the Service API on or off',
    tag: 'Apps',
    auth: administering,
    params: appParams,
    body: z.object({ enable_api: z.boolean() }),
    responses: { 200: appSummarySchema },
    errors,
  }),
  publishModelConfig: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/apps/:app_id/model-config',
    summary: 'Publish a configuration: callers get it from now on, and the draft becomes the same',
    tag: 'Apps',
    auth: editing,
    params: appParams,
    body: modelConfigSchema,
    responses: { 200: success },
    errors: ['app_not_found', 'model_currently_not_support', 'provider_not_initialize'],
  }),
}
