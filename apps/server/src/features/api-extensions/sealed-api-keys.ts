import type { Logger } from '@trellis/spec'
import { SealError, type WorkspaceSecrets } from '../secrets/index.ts'
import type { ApiExtensionRow } from './api-extensions.repository.ts'

/** Purpose under which keys of extensions are sealed. */
const PURPOSE = 'api-extension'

/** Keys to and from the form in which rows have them. */
export interface SealedApiKeys {
  seal(tenantId: string, apiKey: string): Promise<string>
  /** Undefined where it cannot be opened (the secret key is another one): one such row must not take the others along. */
  open(row: Pick<ApiExtensionRow, 'id' | 'tenant_id' | 'sealed_api_key'>): Promise<string | undefined>
}

export function createSealedApiKeys({ secrets, logger }: { readonly secrets: WorkspaceSecrets; readonly logger: Logger }): SealedApiKeys {
  return {
    seal: (tenantId, apiKey) => secrets.seal(tenantId, apiKey, PURPOSE),
    async open({ id, tenant_id: tenantId, sealed_api_key: sealed }) {
      try {
        return await secrets.unseal(tenantId, sealed, PURPOSE)
      } catch (error) {
        if (!(error instanceof SealError)) throw error
        logger.error({ err: error, tenantId, extensionId: id }, 'The key of an API extension cannot be opened')
        return undefined
      }
    },
  }
}
