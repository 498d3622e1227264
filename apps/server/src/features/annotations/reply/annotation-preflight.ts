import type { Database, Db } from '@trellis/db'
import { newId } from '@trellis/kit'
import type { Clock, Logger } from '@trellis/spec'
import { Remembered } from '../../../remembered.ts'
import type { TableChanges } from '../../../table-changes.ts'
import type { ModelGateway } from '../../models/index.ts'
import type { AskedTurn, Preflight } from '../../turns/index.ts'
import { recordHit } from '../annotation-hits.repository.ts'
import { toMicro } from '../present-annotations.ts'
import { createAnnotationIndex } from './annotation-index.ts'
import { type AnnotationSettingRow, findSetting } from './annotation-settings.repository.ts'
import { type AnnotationMatch, matchAnnotation } from './match-annotation.ts'

export interface AnnotationPreflightDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly logger: Logger
  readonly gateway: Pick<ModelGateway, 'resolveEmbeddingModel'>
  readonly tableChanges: TableChanges
}

export interface AnnotationPreflight extends Preflight {
  /** What is set for an app whose annotations answer; undefined where they do not. Remembered until somebody changes it. */
  findSwitchedOn(app: AppOfTurn): Promise<AnnotationSettingRow | undefined>
}

type AppOfTurn = Pick<Database['apps'], 'id' | 'tenant_id' | 'mode'>

const REMEMBERED_MS = 5_000
const APPS_REMEMBERED = 10_000

/** Gives what people wrote as the answer, where a question means the same as an annotation's. Texts have no questions. */
export function createAnnotationPreflight(dependencies: AnnotationPreflightDependencies): AnnotationPreflight {
  const { db, clock, tableChanges } = dependencies
  const index = createAnnotationIndex(db)
  const settings = new Remembered<{ readonly row: AnnotationSettingRow | undefined }>({
    clock,
    changes: tableChanges,
    tables: ['annotation_settings'],
    lifetimeMs: REMEMBERED_MS,
    limit: APPS_REMEMBERED,
  })
  const findSwitchedOn: AnnotationPreflight['findSwitchedOn'] = async ({ id, tenant_id, mode }) => {
    if (mode === 'completion' || mode === 'workflow') return undefined
    const kept = await settings.get(id, async () => ({ row: await findSetting(db, tenant_id, id) }))
    return kept?.row?.is_enabled === 1 ? kept.row : undefined
  }
  return {
    findSwitchedOn,
    isOn: async (app) => (await findSwitchedOn(app)) !== undefined,
    async check(turn, signal) {
      const setting = await findSwitchedOn(turn.app)
      const match = setting && (await matchAnnotation({ ...dependencies, index }, setting, turn, signal))
      if (!match) return { type: 'pass' }
      const { annotation } = match
      await recordHit(db, toHit(turn, match, clock.now()))
      const author = await db.selectFrom('accounts').select('name').where('id', '=', annotation.account_id).executeTakeFirst()
      const account = { id: annotation.account_id, name: author?.name ?? '' }
      return { type: 'answer', text: annotation.answer, metadata: { annotation_reply: { id: annotation.id, account } } }
    },
  }
}

const toHit = ({ app, messageId, invokeFrom, query }: AskedTurn, { annotation, score }: AnnotationMatch, now: number) => ({
  id: newId(),
  tenant_id: app.tenant_id,
  app_id: app.id,
  annotation_id: annotation.id,
  message_id: messageId,
  source: invokeFrom === 'service-api' || invokeFrom === 'web-app' ? ('api' as const) : ('console' as const),
  question: query,
  annotation_question: annotation.question,
  annotation_answer: annotation.answer,
  score_micro: toMicro(score),
  created_at: now,
})
