import { AppError } from '@trellis/contracts'
import type { AppsTable } from '@trellis/db'
import type { KeyHolder } from './api-keys.repository.ts'

/**
 * Whether a key that exists lets its holder in (service-api 3.3).
 * @throws `forbidden` where app or workspace are closed, `unauthorized` where nobody stands for the workspace
 */
export function assertUsable({ app, workspaceStatus, ownerStatus }: KeyHolder): AppsTable {
  if (!app) throw new AppError('forbidden', { message: 'The app of this key has been deleted.' })
  if (app.enable_api === 0) {
    throw new AppError('forbidden', {
      message: 'The Service API of this app is switched off. An administrator can switch it on in the console.',
    })
  }
  if (workspaceStatus !== 'normal') throw new AppError('forbidden', { message: 'The workspace of this app is archived.' })
  if (ownerStatus !== 'active') throw new AppError('unauthorized', { message: 'The workspace of this app has no active owner.' })
  return app
}
