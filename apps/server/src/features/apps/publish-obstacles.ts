import { type AppError, type PublishObstacle, publishObstacleSchema } from '@trellis/contracts'
import { findProvider } from '@trellis/models'

export const unknownModel = (provider: string, model: string): PublishObstacle => ({
  code: 'model_unknown',
  // By the name that people know, where there is one.
  values: { provider: findProvider(provider)?.label.en_US ?? provider, model },
})

/** What a refused publication is about; the section at fault where nothing closer is told. */
export function obstacleOf({ code, details, param }: AppError, provider: string): PublishObstacle {
  if (code === 'provider_not_initialize') return { code: 'model_locked', values: { provider } }
  const told = publishObstacleSchema.safeParse(details?.['obstacle'])
  return told.success ? told.data : { code: 'section', values: { section: param ?? '' } }
}
