import { AppError } from '@trellis/contracts'
import { inTransaction, toFlag } from '@trellis/db'
import { newId } from '@trellis/kit'
import { accountAsCaller } from '../../models/index.ts'
import type { AnnotationPlace } from '../annotations.service.ts'
import { toMicro } from '../present-annotations.ts'
import { enqueueEmbedding, enqueueEnabling, type ReplyJobDependencies } from './annotation-reply.jobs.ts'
import { type AnnotationSettingRow, findSetting, insertOrWish, updateSetting } from './annotation-settings.repository.ts'
import { deleteOtherVectors } from './annotation-vectors.repository.ts'
import type { ReplyModel } from './embed-annotations.ts'

export interface ReplyWish {
  /** 0 behaves as 1. */
  readonly threshold: number
  /** Undefined: questions are found by their words alone. */
  readonly model: ReplyModel | undefined
}

/** Whether and how apps answer with their annotations. */
export interface AnnotationReply {
  find(app: AnnotationPlace['app']): Promise<AnnotationSettingRow | undefined>
  /** Answers with the job that prepares it. @throws `provider_not_initialize`, `model_currently_not_support` */
  enable(place: AnnotationPlace, wish: ReplyWish): Promise<string>
  /** Done when it answers, with the job that it was. */
  disable(place: AnnotationPlace): Promise<string>
  /** @throws `not_found` */
  setThreshold(place: AnnotationPlace, setting: { readonly id: string; readonly threshold: number }): Promise<AnnotationSettingRow>
  /** Has what was written embedded, where that is wanted. */
  embedMissing(app: AnnotationPlace['app']): Promise<void>
}

export function createAnnotationReply(dependencies: ReplyJobDependencies): AnnotationReply {
  const { db, clock, gateway, queue, states } = dependencies
  const find: AnnotationReply['find'] = (app) => findSetting(db, app.tenant_id, app.id)
  return {
    find,
    async enable({ app, accountId }, { threshold, model }) {
      const caller = accountAsCaller({ tenantId: app.tenant_id, accountId }, { purpose: 'annotation', appId: app.id })
      if (model) await gateway.resolveEmbeddingModel({ ...model, caller })
      const jobId = newId()
      const thresholdMicro = toMicro(threshold)
      const now = clock.now()
      await insertOrWish(db, {
        id: newId(),
        tenant_id: app.tenant_id,
        app_id: app.id,
        is_enabled: 0,
        score_threshold_micro: thresholdMicro,
        embedding_provider: model?.provider ?? null,
        embedding_model: model?.model ?? null,
        version: 0,
        job_id: jobId,
        updated_by: accountId,
        created_at: now,
        updated_at: now,
      })
      await states.tell({ kind: 'enable', appId: app.id, jobId }, { status: 'waiting' })
      await enqueueEnabling(queue, {
        tenantId: app.tenant_id,
        appId: app.id,
        jobId,
        accountId,
        thresholdMicro,
        model: model ?? null,
      })
      return jobId
    },
    async disable({ app, accountId }) {
      const jobId = newId()
      await inTransaction(db, async (db) => {
        const change = { is_enabled: toFlag(false), job_id: null, updated_by: accountId, updated_at: clock.now() }
        await updateSetting(db, app.tenant_id, { appId: app.id, change })
        await deleteOtherVectors(db, app.tenant_id, { appId: app.id, model: undefined })
      })
      await states.tell({ kind: 'disable', appId: app.id, jobId }, { status: 'completed' })
      return jobId
    },
    async setThreshold({ app, accountId }, { id, threshold }) {
      const setting = await find(app)
      if (setting?.id !== id) throw new AppError('not_found', { message: 'Annotation settings not found.' })
      const change = { score_threshold_micro: toMicro(threshold), updated_by: accountId, updated_at: clock.now() }
      await updateSetting(db, app.tenant_id, { appId: app.id, change })
      return { ...setting, ...change }
    },
    async embedMissing(app) {
      const setting = await find(app)
      if (setting?.is_enabled === 1 && setting.embedding_model !== null)
        await enqueueEmbedding(queue, { tenantId: app.tenant_id, appId: app.id })
    },
  }
}
