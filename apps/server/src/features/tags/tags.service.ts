import { AppError } from '@trellis/contracts'
import { type Db, inTransaction, isUniqueViolation } from '@trellis/db'
import { newId } from '@trellis/kit'
import type { Clock } from '@trellis/spec'
import { assertTaggable } from './tags.policy.ts'
import {
  type Binding,
  type CountedTagRow,
  deleteBindings,
  deleteTag,
  findTag,
  findTagIds,
  insertBindings,
  insertTag,
  listTags,
  renameTag,
  type TagFilter,
  type TagRow,
} from './tags.repository.ts'

interface Editor {
  readonly tenantId: string
  readonly accountId: string
}

type TypedBinding = Binding & Pick<TagRow, 'type'>

export interface TagService {
  list(tenantId: string, filter: TagFilter): Promise<readonly CountedTagRow[]>
  /** @throws `invalid_param` where there is one of that name */
  create(editor: Editor, tag: Pick<TagRow, 'name' | 'type'>): Promise<CountedTagRow>
  /** @throws `not_found`, `invalid_param` where there is another of that name */
  rename(tenantId: string, tagId: string, name: string): Promise<CountedTagRow>
  /** @throws `not_found` */
  delete(tenantId: string, tagId: string): Promise<void>
  /** @throws `not_found` for unknown tags, `app_not_found` */
  bind(editor: Editor, binding: TypedBinding): Promise<void>
  /** Tags that are gone are no fault: they are off already. @throws `app_not_found` */
  unbind(tenantId: string, binding: TypedBinding): Promise<void>
}

export interface TagServiceDependencies {
  readonly db: Db
  readonly clock: Clock
  /** @throws `app_not_found` */
  readonly getApp: (tenantId: string, appId: string) => Promise<unknown>
}

export function createTagService({ db, clock, getApp }: TagServiceDependencies): TagService {
  const get = async (tenantId: string, tagId: string): Promise<CountedTagRow> => {
    const tag = await findTag(db, tenantId, tagId)
    if (!tag) throw unknownTag()
    return tag
  }
  return {
    list: (tenantId, filter) => listTags(db, tenantId, filter),
    async create({ tenantId, accountId }, { name, type }) {
      assertTaggable(type)
      const tag: TagRow = { id: newId(), tenant_id: tenantId, type, name, created_by: accountId, created_at: clock.now() }
      await refuseTaken(name, () => insertTag(db, tag))
      return { ...tag, bindings: 0 }
    },
    async rename(tenantId, tagId, name) {
      await refuseTaken(name, () => renameTag(db, tenantId, { tagId, name }))
      return get(tenantId, tagId)
    },
    async delete(tenantId, tagId) {
      if (!(await inTransaction(db, (db) => deleteTag(db, tenantId, tagId)))) throw unknownTag()
    },
    async bind({ tenantId, accountId }, { tagIds, targetId, type }) {
      assertTaggable(type)
      await getApp(tenantId, targetId)
      const wanted = [...new Set(tagIds)]
      const known = await findTagIds(db, tenantId, { tagIds: wanted, type })
      if (known.length < wanted.length) throw unknownTag()
      await insertBindings(db, tenantId, { tagIds: wanted, targetId, accountId, now: clock.now() })
    },
    async unbind(tenantId, { tagIds, targetId, type }) {
      assertTaggable(type)
      await getApp(tenantId, targetId)
      await deleteBindings(db, tenantId, { tagIds, targetId })
    },
  }
}

const unknownTag = () =>
  new AppError('not_found', { message: 'There is no such tag in this workspace. List the tags to see which there are.' })

/** The index decides, so that two who come at once cannot both have the name. */
async function refuseTaken(name: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write()
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw new AppError('invalid_param', {
      message: `name: there is a tag "${name}" already. Choose another name.`,
      param: 'name',
      refusal: { reason: 'name_taken', values: { name } },
      cause: error,
    })
  }
}
