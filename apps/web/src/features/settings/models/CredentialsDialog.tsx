import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { Provider } from '../../../api/types/models.ts'
import { Dialog, Skeleton } from '../../../design/index.ts'
import { CredentialsForm } from './CredentialsForm.tsx'
import { type CredentialTarget, keysBeside, storedId } from './credential-target.ts'
import { useCredentialsTitle } from './useCredentialsTitle.ts'

export interface CredentialsDialogProps {
  readonly provider: Provider
  readonly target: CredentialTarget
  readonly onClose: () => void
}

/** Asks for a key, or for what one model is reached with; what is stored already is fetched first. */
export function CredentialsDialog({ provider, target, onClose }: CredentialsDialogProps) {
  const api = useApi()
  const isReplacing = storedId(target) !== null
  const beside = keysBeside(provider, target)
  // A further key of a model begins like the one in use: they have the address in common. Those of a provider are of other accounts.
  const isAlike = isReplacing || target.kind === 'model'
  const title = useCredentialsTitle(provider, target, isReplacing)
  const alike = useQuery({
    queryKey: ['models', 'credentials', provider.provider, target],
    queryFn: () => (beside ? api.models.credentials(beside.owner, storedId(target)) : null),
    enabled: isAlike,
    gcTime: 0,
  })
  if (isAlike && alike.isPending) {
    return (
      <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title={title}>
        <Skeleton className="mb-5 h-20" />
      </Dialog>
    )
  }
  // Where the stored form cannot be read, it is filled in anew.
  const known = alike.data ?? null
  return (
    <CredentialsForm
      provider={provider}
      target={target}
      starting={known}
      stored={isReplacing ? known : null}
      title={title}
      onClose={onClose}
    />
  )
}
