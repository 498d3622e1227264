import { newId } from '@trellis/kit'
import { silentLogger } from '@trellis/spec'
import { expect, it } from 'vitest'
import { type Caller, type ConsoleServer, describeOnDatabases } from '../../testing/console-server.ts'
import { expireDueForms } from './expire-forms.ts'
import { listMemberAddresses } from './forms.repository.ts'

/** Paused runs that were asked to stop. */
async function insertRuns({ db, clock }: ConsoleServer, { tenantId }: Caller, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId()).sort()
  await db
    .insertInto('runs')
    .values(
      ids.map((id) => ({
        id,
        tenant_id: tenantId,
        app_id: newId(),
        kind: 'workflow' as const,
        task_id: newId(),
        status: 'paused' as const,
        invoke_from: 'service-api',
        host_id: newId(),
        epoch: 1,
        stop_requested_at: clock.now(),
        total_tokens: 0,
        created_at: clock.now(),
      })),
    )
    .execute()
  return ids
}

await describeOnDatabases('forms of paused runs', (console) => {
  it('let every run go on that can, behind however many that cannot', async () => {
    const { db, clock, join } = console()
    const ids = await insertRuns(console(), await join('owner'), 201)
    const woken: string[] = []
    const wake = async (runId: string) => {
      woken.push(runId)
      throw new Error('cannot go on')
    }
    await expireDueForms({ db, clock, logger: silentLogger, wake }, new AbortController().signal)
    expect(woken).toEqual(ids)
  })

  it('are sent to members who may sign in', async () => {
    const { db, join } = console()
    const owner = await join('owner')
    const others = await Promise.all(
      (['active', 'pending', 'banned', 'closed'] as const).map(async (status) => {
        const { accountId } = await join('normal', owner.tenantId)
        await db.updateTable('accounts').set({ status }).where('id', '=', accountId).execute()
        return accountId
      }),
    )
    const addressesOf = (ids: readonly string[]) => ids.map((id) => `${id}@example.com`).sort()
    const listed = async (ids?: readonly string[]) => (await listMemberAddresses(db, owner.tenantId, ids)).sort()
    expect(await listed()).toEqual(addressesOf([owner.accountId, ...others.slice(0, 1)]))
    expect(await listed(others)).toEqual(addressesOf(others.slice(0, 1)))
  })
})
