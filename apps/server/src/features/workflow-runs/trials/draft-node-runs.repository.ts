import type { Db, DraftNodeRunsTable } from '@trellis/db'
import { newId } from '@trellis/kit'
import { dumpJson, parseJson, type Value } from '@trellis/values'
import type { VariableOwner } from '../../draft-variables/index.ts'
import type { ToldNode } from '../node-runs.ts'

/** The last executions of nodes take the places of those before. */
export async function putNodeRuns(db: Db, owner: VariableOwner, nodes: readonly ToldNode[], endedAtMs: number): Promise<void> {
  for (const node of nodes) {
    const row: DraftNodeRunsTable = {
      id: newId(),
      tenant_id: owner.tenantId,
      app_id: owner.appId,
      account_id: owner.accountId,
      node_id: node.node_id,
      // Made of values and plain fields.
      record: dumpJson(node as unknown as Value),
      ended_at: endedAtMs,
    }
    await db
      .insertInto('draft_node_runs')
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(['app_id', 'node_id', 'account_id']).doUpdateSet({ record: row.record, ended_at: row.ended_at }),
      )
      .execute()
  }
}

/** Of whoever ran it last. */
export async function findLastNodeRun(
  db: Db,
  tenantId: string,
  { appId, nodeId }: { readonly appId: string; readonly nodeId: string },
): Promise<{ readonly accountId: string; readonly node: ToldNode } | undefined> {
  const row = await db
    .selectFrom('draft_node_runs')
    .select(['account_id', 'record'])
    .where('tenant_id', '=', tenantId)
    .where('app_id', '=', appId)
    .where('node_id', '=', nodeId)
    .orderBy('ended_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  // Written above.
  return row && { accountId: row.account_id, node: parseJson(row.record) as unknown as ToldNode }
}
