import type { Workspace } from '@trellis/contracts'
import { fromJsonText } from '@trellis/db'
import { toSeconds, toSecondsOrNull } from '../../http/compat/seconds.ts'
import type { WorkspaceRow } from './workspaces.repository.ts'

interface StoredCustomConfig {
  readonly remove_webapp_brand?: boolean
  readonly replace_webapp_logo?: string | null
}

/** A workspace as one of its members sees it. There are no trials and no credits: those keys stay unset. */
export function presentWorkspace(row: WorkspaceRow): Workspace {
  const custom = fromJsonText<StoredCustomConfig>(row.custom_config)
  return {
    id: row.id,
    name: row.name,
    plan: row.plan,
    status: row.status,
    created_at: toSeconds(row.created_at),
    role: row.role,
    in_trial: null,
    trial_end_reason: null,
    custom_config: { remove_webapp_brand: custom.remove_webapp_brand ?? false, replace_webapp_logo: custom.replace_webapp_logo ?? null },
    trial_credits: null,
    trial_credits_used: null,
    next_credit_reset_date: null,
  }
}

export const presentWorkspaceItem = (row: WorkspaceRow, currentTenantId: string) => ({
  id: row.id,
  name: row.name,
  plan: row.plan,
  status: row.status,
  created_at: toSeconds(row.created_at),
  last_opened_at: toSecondsOrNull(row.last_opened_at),
  current: row.id === currentTenantId,
})
