import { AppError } from '@trellis/contracts'
import type { Db } from '@trellis/db'
import { deriveKey, newKey, seal, unseal } from './seal.ts'

/** Seals what a workspace must keep secret under a key of its own, which is itself sealed under SECRET_KEY. */
export interface WorkspaceSecrets {
  /** A new workspace's key, sealed, for its row. */
  createSealedKey(tenantId: string): string
  /** `purpose` names what the text is (`provider-credentials`): sealed for one, it does not open as another. */
  seal(tenantId: string, text: string, purpose: string): Promise<string>
  unseal(tenantId: string, sealed: string, purpose: string): Promise<string>
}

const MAX_CACHED_KEYS = 1000

export function createWorkspaceSecrets({ db, secretKey }: { readonly db: Db; readonly secretKey: string }): WorkspaceSecrets {
  const masterKey = deriveKey(secretKey, 'workspace-keys')
  const keys = new Map<string, Uint8Array>()
  const keyOf = async (tenantId: string): Promise<Uint8Array> => {
    const known = keys.get(tenantId)
    if (known) return known
    const row = await db.selectFrom('tenants').select('sealed_key').where('id', '=', tenantId).executeTakeFirst()
    if (!row) throw new AppError('not_found', { message: 'The workspace does not exist.' })
    const key = Buffer.from(unseal(masterKey, row.sealed_key, tenantId), 'base64')
    if (keys.size >= MAX_CACHED_KEYS) keys.clear()
    keys.set(tenantId, key)
    return key
  }
  return {
    createSealedKey: (tenantId) => seal(masterKey, Buffer.from(newKey()).toString('base64'), tenantId),
    seal: async (tenantId, text, purpose) => seal(await keyOf(tenantId), text, purpose),
    unseal: async (tenantId, sealed, purpose) => unseal(await keyOf(tenantId), sealed, purpose),
  }
}
