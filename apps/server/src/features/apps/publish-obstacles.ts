import { type AppError, type PublishObstacle, publishObstacleSchema } from '@trellis/contracts'

export const unknownModel = (provider: string, model: string): PublishObstacle => ({ code: 'model_unknown', values: { provider, model } })

/** What a refused publication is about; the section at fault where nothing closer is told. */
export function obstacleOf({ code, details, param }: AppError, provider: string): PublishObstacle {
  if (code === 'provider_not_initialize') return { code: 'model_locked', values: { provider } }
  const told = publishObstacleSchema.safeParse(details?.['obstacle'])
  return told.success ? told.data : { code: 'section', values: { section: param ?? '' } }
}
