import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useApi } from '../../api/ApiProvider.tsx'

export function useSignOut(): { signOut: () => void; openAccount: () => void } {
  const api = useApi()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const signOut = useMutation({
    mutationFn: () => api.account.signOut(),
    // Signed out or refused because the session was gone already: either way this browser leaves.
    onSettled: async () => {
      await navigate({ to: '/signin' })
      queryClient.clear()
    },
  })
  return { signOut: () => signOut.mutate(), openAccount: () => void navigate({ to: '/settings/account' }) }
}
