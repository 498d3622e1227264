import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'

/** Goes on into the workspace that was joined. */
export function useJoined(): () => Promise<void> {
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  return async () => {
    queryClient.clear()
    await navigate({ to: '/apps' })
  }
}
