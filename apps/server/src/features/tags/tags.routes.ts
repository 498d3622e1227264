import { consoleTagRoutes as routes } from '@trellis/contracts'
import type { Mount } from '../../http/mount.ts'
import type { CountedTagRow } from './tags.repository.ts'
import type { TagService } from './tags.service.ts'

const present = ({ id, name, type, bindings }: CountedTagRow) => ({ id, name, type, binding_count: String(bindings) })

export function mountTagRoutes(mount: Mount, tags: TagService): void {
  mount(routes.listTags).to(async ({ actor, query: { type, keyword } }) =>
    (await tags.list(actor.tenantId, { type: type === '' ? undefined : type, keyword: keyword.trim() })).map(present),
  )
  mount(routes.createTag).to(async ({ actor, body }) => present(await tags.create(actor, body)))
  mount(routes.renameTag).to(async ({ actor, params, body }) => present(await tags.rename(actor.tenantId, params.tag_id, body.name)))
  mount(routes.deleteTag).to(async ({ actor, params }) => {
    await tags.delete(actor.tenantId, params.tag_id)
    return null
  })
  mount(routes.bindTags).to(async ({ actor, body }) => {
    await tags.bind(actor, { tagIds: body.tag_ids, targetId: body.target_id, type: body.type })
    return { result: 'success' }
  })
  mount(routes.unbindTags).to(async ({ actor, body }) => {
    await tags.unbind(actor.tenantId, { tagIds: body.tag_ids, targetId: body.target_id, type: body.type })
    return { result: 'success' }
  })
}
