import { AppError } from '@trellis/contracts'
import type { Db } from '@trellis/db'
import type { Logger } from '@trellis/spec'
import { type ModelGateway, turnAsCaller } from '../../models/index.ts'
import type { AskedTurn } from '../../turns/index.ts'
import { type AnnotationRow, findAnnotation, findByQuestion } from '../annotations.repository.ts'
import { fromMicro } from '../present-annotations.ts'
import { hashQuestion } from '../question-hash.ts'
import type { AnnotationIndex } from './annotation-index.ts'
import type { AnnotationSettingRow } from './annotation-settings.repository.ts'
import { modelKeyOf, toEmbeddedText } from './embed-annotations.ts'
import { toUnit } from './vectors.ts'

export interface AnnotationMatch {
  readonly annotation: AnnotationRow
  /** Cosine; 1 for the same words. */
  readonly score: number
}

export interface MatchDependencies {
  readonly db: Db
  readonly logger: Logger
  readonly gateway: Pick<ModelGateway, 'resolveEmbeddingModel'>
  readonly index: AnnotationIndex
}

/** The nearest may have been edited or deleted since its vector was read: then the next counts. */
const CANDIDATES = 3

/** The annotation that a question means: one of the same words, or else the nearest by meaning from the threshold on. */
export async function matchAnnotation(
  dependencies: MatchDependencies,
  setting: AnnotationSettingRow,
  turn: AskedTurn,
  signal: AbortSignal,
): Promise<AnnotationMatch | undefined> {
  const { db, logger } = dependencies
  const { tenant_id: tenantId, app_id: appId } = setting
  if (turn.query.trim() === '') return undefined
  const same = await findByQuestion(db, tenantId, { appId, questionHash: hashQuestion(turn.query) })
  if (same) return { annotation: same, score: 1 }
  try {
    return await matchByMeaning(dependencies, setting, turn, signal)
  } catch (error) {
    signal.throwIfAborted()
    // Without it the app's model answers, as if nothing had been written.
    const { embedding_provider: provider, embedding_model: model } = setting
    logger.warn(
      { err: error, appId, provider, model, code: AppError.is(error) ? error.code : undefined },
      'A question could not be embedded',
    )
    return undefined
  }
}

async function matchByMeaning(
  { db, gateway, index }: MatchDependencies,
  setting: AnnotationSettingRow,
  turn: AskedTurn,
  signal: AbortSignal,
): Promise<AnnotationMatch | undefined> {
  const { tenant_id: tenantId, app_id: appId, version, embedding_provider: provider, embedding_model: model } = setting
  if (provider === null || model === null) return undefined
  const embedder = await gateway.resolveEmbeddingModel({ provider, model, caller: turnAsCaller(turn, 'annotation') })
  const { vectors } = await embedder.embed([toEmbeddedText(turn.query)], 'query', signal)
  const near = await index.findNearest({ tenantId, appId, model: modelKeyOf({ provider, model }), version }, toUnit(vectors[0] ?? []), {
    threshold: fromMicro(setting.score_threshold_micro) || 1,
    limit: CANDIDATES,
  })
  for (const { annotationId, questionHash, score } of near) {
    const annotation = await findAnnotation(db, tenantId, { appId, id: annotationId })
    if (annotation?.question_hash === questionHash) return { annotation, score }
  }
  return undefined
}
