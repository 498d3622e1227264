import { z } from 'zod'
import { success, uuid } from '../common/wire.ts'
import { countedTagSchema, tagType } from '../entities/tag.ts'
import { defineRoute } from '../routes/define-route.ts'
import { editing, signedIn } from '../routes/roles.ts'

const params = z.object({ tag_id: uuid })
const name = z.string().trim().min(1, 'A tag needs a name.').max(50, 'The name of a tag takes at most 50 characters.')

/** More than anybody binds at once. */
const MAX_TAGS_AT_ONCE = 100

const binding = {
  surface: 'console',
  method: 'POST',
  tag: 'Tags',
  auth: editing,
  body: z.object({
    tag_ids: z.array(uuid).min(1, 'Name at least one tag.').max(MAX_TAGS_AT_ONCE, `At most ${MAX_TAGS_AT_ONCE} tags at once.`),
    target_id: uuid,
    type: tagType,
  }),
  responses: { 200: success },
  errors: ['not_found', 'app_not_found'],
} as const

/** Tags of the workspace, which its apps share (service-api 7.3). */
export const consoleTagRoutes = {
  listTags: defineRoute({
    surface: 'console',
    method: 'GET',
    path: '/tags',
    summary: 'List tags, newest first; by type, or by a part of their names',
    tag: 'Tags',
    auth: signedIn,
    query: z.object({ type: z.union([z.literal(''), tagType]).default(''), keyword: z.string().default('') }),
    responses: { 200: z.array(countedTagSchema) },
  }),
  createTag: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/tags',
    summary: 'Create a tag',
    tag: 'Tags',
    auth: editing,
    body: z.object({ name, type: tagType }),
    responses: { 200: countedTagSchema },
  }),
  renameTag: defineRoute({
    surface: 'console',
    method: 'PATCH',
    path: '/tags/:tag_id',
    summary: 'Rename a tag',
    tag: 'Tags',
    auth: editing,
    params,
    body: z.object({ name }),
    responses: { 200: countedTagSchema },
    errors: ['not_found'],
  }),
  deleteTag: defineRoute({
    surface: 'console',
    method: 'DELETE',
    path: '/tags/:tag_id',
    summary: 'Delete a tag; what it was bound to stays',
    tag: 'Tags',
    auth: editing,
    params,
    responses: { 204: null },
    errors: ['not_found'],
  }),
  bindTags: defineRoute({ ...binding, path: '/tag-bindings', summary: 'Bind tags to an app; those bound already stay so' }),
  unbindTags: defineRoute({ ...binding, path: '/tag-bindings/remove', summary: 'Take tags off an app' }),
}
