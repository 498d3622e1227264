import { z } from 'zod'
import { uuid } from '../common/wire.ts'
import { workspaceFeaturesSchema } from '../entities/system-features.ts'
import { workspaceItemSchema, workspaceSchema } from '../entities/workspace.ts'
import { defineRoute } from '../routes/define-route.ts'
import { administering, signedIn } from '../routes/roles.ts'

const workspaceName = z.string().trim().min(1, 'A workspace needs a name.').max(100, 'A name takes at most 100 characters.')

const current = {
  surface: 'console',
  method: 'POST',
  tag: 'Workspaces',
  auth: signedIn,
  responses: { 200: workspaceSchema },
} as const

export const consoleWorkspaceRoutes = {
  listWorkspaces: defineRoute({
    surface: 'console',
    method: 'GET',
    path: '/workspaces',
    summary: 'List the workspaces of the account',
    tag: 'Workspaces',
    auth: signedIn,
    responses: { 200: z.object({ workspaces: z.array(workspaceItemSchema) }) },
  }),
  getCurrentWorkspace: defineRoute({ ...current, path: '/workspaces/current', summary: 'Get the current workspace' }),
  getCurrentWorkspaceInfo: defineRoute({ ...current, path: '/info', summary: 'Get the current workspace (older address)' }),
  switchWorkspace: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/workspaces/switch',
    summary: 'Go to another workspace',
    tag: 'Workspaces',
    auth: signedIn,
    body: z.object({ tenant_id: uuid }),
    responses: { 200: z.object({ result: z.literal('success'), new_tenant: workspaceSchema }) },
    errors: ['account_not_link_tenant'],
  }),
  createWorkspace: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/workspaces',
    summary: 'Make a workspace, which the account then owns; the current one stays current',
    tag: 'Workspaces',
    auth: signedIn,
    body: z.object({ name: workspaceName }),
    responses: { 201: z.object({ result: z.literal('success'), tenant: workspaceSchema }) },
    errors: ['not_allowed_create_workspace'],
  }),
  renameWorkspace: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/workspaces/info',
    summary: 'Rename the current workspace',
    tag: 'Workspaces',
    auth: administering,
    body: z.object({ name: workspaceName }),
    responses: { 200: z.object({ result: z.literal('success'), tenant: workspaceSchema }) },
  }),
  getWorkspaceFeatures: defineRoute({
    surface: 'console',
    method: 'GET',
    path: '/features',
    summary: 'Tell what the current workspace may use',
    tag: 'Workspaces',
    auth: signedIn,
    responses: { 200: workspaceFeaturesSchema },
  }),
  getAppDslVersion: defineRoute({
    surface: 'console',
    method: 'GET',
    path: '/app-dsl-version',
    summary: 'Tell which version of app files is written',
    tag: 'Workspaces',
    auth: signedIn,
    responses: { 200: z.object({ app_dsl_version: z.string() }) },
  }),
}
