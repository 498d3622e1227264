import type { AppsTable, Db, TagsTable } from '../../../packages/db/src/index.ts'
import { newId, randomToken } from '../../../packages/kit/src/index.ts'
import { insertAll } from './insert-all.ts'
import { animals, tags, tasks } from './sample-texts.ts'

const HOUR_MS = 3_600_000

/** Copies of an app, with configurations, pages and tags of their own; each older than the one before. */
export async function fillStudio(db: Db, { appId, count }: { readonly appId: string; readonly count: number }): Promise<void> {
  const app = await db.selectFrom('apps').selectAll().where('id', '=', appId).executeTakeFirstOrThrow()
  const config = await db.selectFrom('app_configs').selectAll().where('app_id', '=', appId).executeTakeFirstOrThrow()
  const site = await db.selectFrom('sites').selectAll().where('app_id', '=', appId).executeTakeFirstOrThrow()
  const copies = Array.from({ length: count }, (_, position) => copyOf(app, position))
  await insertAll(db, 'apps', copies)
  await insertAll(
    db,
    'app_configs',
    copies.map(({ id, published_config_id }) => ({ ...config, id: published_config_id ?? newId(), app_id: id })),
  )
  await insertAll(
    db,
    'sites',
    copies.map(({ id, name }) => ({ ...site, id: newId(), app_id: id, code: randomToken(16), title: name })),
  )
  await tagApps(db, copies)
}

function copyOf(app: AppsTable, position: number): AppsTable {
  const changedAt = app.updated_at - (position + 1) * HOUR_MS
  const animal = animals[position % animals.length]
  const task = tasks[Math.floor(position / animals.length) % tasks.length]
  return {
    ...app,
    id: newId(),
    name: `${animal} ${task} ${String(position).padStart(3, '0')}`,
    description: `What the ${animal} knows of ${task}: answers questions of those who work with it, in their own language.`,
    mode: position % 5 === 4 ? 'completion' : 'chat',
    published_config_id: newId(),
    created_at: changedAt,
    updated_at: changedAt,
  }
}

/** Two tags an app. */
async function tagApps(db: Db, apps: readonly AppsTable[]): Promise<void> {
  const [first] = apps
  if (!first) return
  const { tenant_id, created_by, created_at } = first
  const made: TagsTable[] = tags.map((name) => ({ id: newId(), tenant_id, type: 'app', name, created_by, created_at }))
  await insertAll(db, 'tags', made)
  const bindings = apps.flatMap(({ id }, position) =>
    [position, position + 3].map((place) => ({
      tag_id: made[place % made.length]?.id ?? '',
      target_id: id,
      tenant_id,
      created_by,
      created_at,
    })),
  )
  await insertAll(db, 'tag_bindings', bindings)
}
