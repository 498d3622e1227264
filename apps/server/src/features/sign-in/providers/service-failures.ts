import { AppError } from '@trellis/contracts'
import type { Logger } from '@trellis/spec'
import { AuthorizationResponseError, ResponseBodyError } from 'openid-client'

/** What the service answered to codes and consent is the visitor's affair; all else is between the service and whoever runs this. */
export async function askService<T>({ id, logger }: { readonly id: string; readonly logger: Logger }, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof AppError) throw error
    const isRefusal = error instanceof AuthorizationResponseError || (error instanceof ResponseBodyError && error.error === 'invalid_grant')
    if (isRefusal) {
      logger.info({ provider: id, reason: error.error }, 'A sign-in by another service was refused there')
      throw new AppError('identity_refused', { cause: error })
    }
    logger.warn({ provider: id, err: error }, 'A service that signs in failed')
    throw new AppError('identity_service_failed', { cause: error })
  }
}
