import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useApi } from '../../api/ApiProvider.tsx'
import type { Workspace } from '../../api/types/account.ts'
import { profileQuery, workspaceQuery } from './queries.ts'

/** Shows another workspace from its Studio on, without anything of the one before; with none, the way out. */
export function useEnterWorkspace(): (workspace: Workspace | null) => Promise<void> {
  const api = useApi()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  return async (workspace) => {
    if (!workspace) {
      await navigate({ to: '/signin', search: { homeless: true } })
      queryClient.clear()
      return
    }
    const [profile, current] = [profileQuery(api).queryKey, workspaceQuery(api).queryKey]
    await navigate({ to: '/apps' })
    queryClient.setQueryData(current, workspace)
    queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== profile[0] && queryKey[0] !== current[0] })
  }
}
