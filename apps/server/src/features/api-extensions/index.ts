import { AppError, type Refusal } from '@trellis/contracts'
import type { Db } from '@trellis/db'
import type { Clock, Egress, Logger } from '@trellis/spec'
import type { Mount } from '../../http/mount.ts'
import type { WorkspaceSecrets } from '../secrets/index.ts'
import { findExtension } from './api-extensions.repository.ts'
import { mountApiExtensionRoutes } from './api-extensions.routes.ts'
import { createApiExtensionService } from './api-extensions.service.ts'
import { askExtension, ExtensionFailure, valuesOf } from './ask-extension.ts'
import type { AnswerOf, PointName, PointParams } from './points.ts'
import { createSealedApiKeys } from './sealed-api-keys.ts'

export interface ApiExtensionsDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly logger: Logger
  readonly egress: Egress
  readonly secrets: WorkspaceSecrets
}

export interface ExtensionQuestion<Name extends PointName> {
  readonly tenantId: string
  readonly extensionId: string
  readonly point: Name
  readonly params: PointParams[Name]
  readonly signal: AbortSignal
}

/** Servers of a workspace's own, which its apps ask: to moderate, or for data. */
export interface ApiExtensions {
  has(tenantId: string, extensionId: string): Promise<boolean>
  /** @throws AppError `api_extension_failed`, and the signal's reason once it is aborted */
  ask<Name extends PointName>(question: ExtensionQuestion<Name>): Promise<AnswerOf<Name>>
  mountRoutes(mount: Mount): void
}

export function createApiExtensions(dependencies: ApiExtensionsDependencies): ApiExtensions {
  const { db, logger, egress } = dependencies
  const keys = createSealedApiKeys(dependencies)
  const service = createApiExtensionService({ ...dependencies, keys })
  return {
    has: async (tenantId, extensionId) => (await findExtension(db, tenantId, extensionId)) !== undefined,
    async ask({ tenantId, extensionId, ...question }) {
      const row = await findExtension(db, tenantId, extensionId)
      if (!row) {
        const message = 'The API extension that this app asks is gone. Choose another in the app, and publish it.'
        throw failed(message, { reason: 'extension_gone', values: {} })
      }
      const apiKey = await keys.open(row)
      const { name } = row
      if (apiKey === undefined) {
        throw failed(`The key of the API extension "${name}" cannot be read: enter it anew.`, {
          reason: 'extension_key_unreadable',
          values: { name },
        })
      }
      try {
        return await askExtension(egress, { ...question, access: { endpoint: row.api_endpoint, apiKey } })
      } catch (error) {
        if (!(error instanceof ExtensionFailure)) throw error
        const { message, details, fault } = error
        logger.warn({ err: error, tenantId, extensionId, point: question.point, details }, 'An API extension could not be asked')
        const told: Refusal = { reason: 'extension_failed', values: { name, ...valuesOf(fault) } }
        throw failed(`The API extension "${name}" could not be asked: ${message}.`, told, error)
      }
    },
    mountRoutes: (mount) => mountApiExtensionRoutes(mount, service),
  }
}

const failed = (message: string, refusal: Refusal, cause?: unknown): AppError =>
  new AppError('api_extension_failed', { message, refusal, cause })
