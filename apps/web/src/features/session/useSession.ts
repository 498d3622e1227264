import { useSuspenseQuery } from '@tanstack/react-query'
import { useApi } from '../../api/ApiProvider.tsx'
import type { Account, Role, Workspace } from '../../api/types/account.ts'
import { profileQuery, workspaceQuery } from './queries.ts'

export interface Session {
  readonly account: Account
  readonly workspace: Workspace
  /** May change apps. */
  readonly canEdit: boolean
  /** May change credentials, keys, the API switch and members. */
  readonly canAdminister: boolean
}

const editors: readonly Role[] = ['owner', 'admin', 'editor']
const administrators: readonly Role[] = ['owner', 'admin']

/** The signed-in account; only below the console shell, whose route has loaded it. */
export function useSession(): Session {
  const api = useApi()
  const account = useSuspenseQuery(profileQuery(api)).data
  const workspace = useSuspenseQuery(workspaceQuery(api)).data
  return { account, workspace, canEdit: editors.includes(workspace.role), canAdminister: administrators.includes(workspace.role) }
}
