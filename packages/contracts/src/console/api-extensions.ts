import { z } from 'zod'
import { jsonObject, uuid } from '../common/wire.ts'
import { apiExtensionInputSchema, apiExtensionSchema, apiExtensionUserSchema } from '../entities/api-extension.ts'
import { defineRoute } from '../routes/define-route.ts'
import { administering, editing } from '../routes/roles.ts'

const extension = { surface: 'console', tag: 'API extensions' } as const
const params = z.object({ extension_id: uuid })

/** Servers of the workspace's own that its apps ask (service-api 7, plugins-and-models 10). */
export const consoleApiExtensionRoutes = {
  listApiExtensions: defineRoute({
    ...extension,
    method: 'GET',
    path: '/api-based-extension',
    summary: 'List API extensions, oldest first',
    auth: editing,
    responses: { 200: z.array(apiExtensionSchema) },
  }),
  createApiExtension: defineRoute({
    ...extension,
    method: 'POST',
    path: '/api-based-extension',
    summary: 'Add an API extension, once it has answered a ping',
    auth: administering,
    body: apiExtensionInputSchema,
    responses: { 201: apiExtensionSchema },
  }),
  getApiExtension: defineRoute({
    ...extension,
    method: 'GET',
    path: '/api-based-extension/:extension_id',
    summary: 'Read an API extension',
    auth: editing,
    params,
    responses: { 200: apiExtensionSchema },
    errors: ['not_found'],
  }),
  updateApiExtension: defineRoute({
    ...extension,
    method: 'POST',
    path: '/api-based-extension/:extension_id',
    summary: 'Change an API extension, once it has answered a ping',
    auth: administering,
    params,
    body: apiExtensionInputSchema,
    responses: { 200: apiExtensionSchema },
    errors: ['not_found'],
  }),
  deleteApiExtension: defineRoute({
    ...extension,
    method: 'DELETE',
    path: '/api-based-extension/:extension_id',
    summary: 'Delete an API extension; apps that ask it fail until they no longer do',
    auth: administering,
    params,
    responses: { 204: null },
    errors: ['not_found'],
  }),
  listApiExtensionUsers: defineRoute({
    ...extension,
    method: 'GET',
    path: '/api-based-extension/:extension_id/apps',
    summary: 'List the apps that ask an API extension, by name',
    auth: editing,
    params,
    responses: { 200: z.object({ data: z.array(apiExtensionUserSchema) }) },
    errors: ['not_found'],
  }),
  listCodeExtensions: defineRoute({
    ...extension,
    method: 'GET',
    path: '/code-based-extension',
    summary: 'List extensions that are code of the server: there are none here',
    auth: editing,
    query: z.object({ module: z.string() }),
    responses: { 200: z.object({ module: z.string(), data: z.array(jsonObject) }) },
  }),
}
