import { openDatabase } from '@trellis/db'
import { newId } from '@trellis/kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SealError } from './seal.ts'
import { createWorkspaceSecrets } from './workspace-secrets.ts'

describe('secrets of a workspace', () => {
  const database = openDatabase({ type: 'sqlite', file: ':memory:' })
  const { db } = database
  const secrets = createWorkspaceSecrets({ db, secretKey: 'secret' })
  beforeAll(() => database.migrate())
  afterAll(() => database.close())

  async function addWorkspace(): Promise<string> {
    const id = newId()
    const sealed_key = secrets.createSealedKey(id)
    const sealedTenant = {
      id,
      name: 'W',
      plan: 'basic',
      status: 'normal',
      sealed_key,
      custom_config: '{}',
      created_at: 0,
      updated_at: 0,
    } as const
    await db.insertInto('tenants').values(sealedTenant).execute()
    return id
  }
  /** Another process, which has no key at hand. */
  const openAnew = (secretKey = 'secret') => createWorkspaceSecrets({ db, secretKey })

  it('open in every process that knows the secret, for what they were sealed for', async () => {
    const tenant = await addWorkspace()
    const sealed = await secrets.seal(tenant, 'sk-1', 'provider')
    expect(await openAnew().unseal(tenant, sealed, 'provider')).toBe('sk-1')
    await expect(secrets.unseal(tenant, sealed, 'other')).rejects.toThrow(SealError)
    await expect(openAnew('changed').unseal(tenant, sealed, 'provider')).rejects.toThrow(/SECRET_KEY/)
  })

  it('do not open in another workspace, even with the key moved there', async () => {
    const [owner, other] = [await addWorkspace(), await addWorkspace()]
    const sealed = await secrets.seal(owner, 'sk-1', 'provider')
    await expect(secrets.unseal(other, sealed, 'provider')).rejects.toThrow(SealError)
    const { sealed_key } = await db.selectFrom('tenants').select('sealed_key').where('id', '=', owner).executeTakeFirstOrThrow()
    await db.updateTable('tenants').set({ sealed_key }).where('id', '=', other).execute()
    await expect(openAnew().unseal(other, sealed, 'provider')).rejects.toThrow(SealError)
  })

  it('belong to a workspace that exists', async () => {
    await expect(secrets.seal(newId(), 'x', 'p')).rejects.toMatchObject({ code: 'not_found' })
  })
})
