import type { Credentials, Logger } from '@trellis/spec'
import { SealError, type WorkspaceSecrets } from '../secrets/index.ts'

/** Purpose under which provider credentials are sealed. */
const CREDENTIALS_PURPOSE = 'provider-credentials'

/** Credentials to and from the form in which rows keep them. */
export interface SealedCredentials {
  seal(tenantId: string, credentials: Credentials): Promise<string>
  /** Undefined where they cannot be opened (the secret key is another one): one such row must not take the others along. */
  open(tenantId: string, sealed: string): Promise<Credentials | undefined>
}

export function createSealedCredentials({
  secrets,
  logger,
}: {
  readonly secrets: WorkspaceSecrets
  readonly logger: Logger
}): SealedCredentials {
  return {
    seal: (tenantId, credentials) => secrets.seal(tenantId, JSON.stringify(credentials), CREDENTIALS_PURPOSE),
    async open(tenantId, sealed) {
      try {
        return JSON.parse(await secrets.unseal(tenantId, sealed, CREDENTIALS_PURPOSE))
      } catch (error) {
        if (!(error instanceof SealError)) throw error
        logger.error({ err: error, tenantId }, 'Credentials of a model provider cannot be opened')
        return undefined
      }
    },
  }
}
