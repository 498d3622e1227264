import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import type { WorkspaceItem } from '../../api/types/account.ts'
import { useErrorText } from '../../api/useErrorText.ts'
import { useToast } from '../../design/index.ts'
import { systemFeaturesQuery, workspacesQuery } from './queries.ts'
import { useEnterWorkspace } from './useEnterWorkspace.ts'
import { useSession } from './useSession.ts'

export interface WorkspaceChoice {
  /** All of the account, in the order of its joining them; the current one alone until they are known. */
  readonly all: readonly Pick<WorkspaceItem, 'id' | 'name'>[]
  /** Those where one is not. */
  readonly others: readonly Pick<WorkspaceItem, 'id' | 'name'>[]
  readonly mayCreate: boolean
  readonly isEntering: boolean
  /** Goes to another workspace. */
  readonly enter: (id: string) => void
}

export function useWorkspaces(): WorkspaceChoice {
  const { t } = useTranslation('shell')
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const { workspace } = useSession()
  const enterWorkspace = useEnterWorkspace()
  const listed = useQuery(workspacesQuery(api)).data ?? [workspace]
  const features = useQuery(systemFeaturesQuery(api)).data
  const enter = useMutation({
    mutationFn: (id: string) => api.team.switchWorkspace(id),
    onSuccess: enterWorkspace,
    onError: (error) => toast.error(t('workspaces.failed'), errorText(error)),
  })
  // The name may have changed since the list was read.
  const all = listed.map((item) => (item.id === workspace.id ? workspace : item))
  return {
    all,
    others: all.filter(({ id }) => id !== workspace.id),
    mayCreate: features?.is_allow_create_workspace ?? false,
    isEntering: enter.isPending,
    enter: enter.mutate,
  }
}
