import { type AnnotationSetting, AppError, type BodyOf, type consoleAnnotationRoutes } from '@trellis/contracts'
import { fromMicro } from '../present-annotations.ts'
import type { ReplyWish } from './annotation-reply.service.ts'
import type { AnnotationSettingRow } from './annotation-settings.repository.ts'

/** @throws `invalid_param` where a provider is named without its model, or a model without its provider */
export function toReplyWish(body: BodyOf<typeof consoleAnnotationRoutes.switchAnnotationReply>): ReplyWish {
  const { embedding_provider_name: provider, embedding_model_name: model, score_threshold: threshold } = body
  if (provider === '' && model === '') return { threshold, model: undefined }
  if (provider !== '' && model !== '') return { threshold, model: { provider, model } }
  throw new AppError('invalid_param', {
    message: 'Name both the provider and the model, or neither: then questions are found by their words alone.',
    param: model === '' ? 'embedding_model_name' : 'embedding_provider_name',
    refusal: { reason: 'model_pair', values: {} },
  })
}

/** What was set before it was switched off is told too, to begin with the next time. */
export function presentSetting(setting: AnnotationSettingRow | undefined): AnnotationSetting {
  if (!setting) return { enabled: false, id: null, score_threshold: null, embedding_model: null, job_id: null }
  const { embedding_provider: provider, embedding_model: model } = setting
  return {
    enabled: setting.is_enabled === 1,
    id: setting.id,
    score_threshold: fromMicro(setting.score_threshold_micro),
    embedding_model: provider === null || model === null ? null : { embedding_provider_name: provider, embedding_model_name: model },
    job_id: setting.job_id,
  }
}
