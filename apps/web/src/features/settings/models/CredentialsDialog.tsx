import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { Provider } from '../../../api/types/models.ts'
import { Dialog, Skeleton } from '../../../design/index.ts'
import { CredentialsForm } from './CredentialsForm.tsx'
import { type CredentialTarget, storedId } from './credential-target.ts'
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
  const title = useCredentialsTitle(provider, target, isReplacing)
  const stored = useQuery({
    queryKey: ['models', 'credentials', provider.provider, target],
    queryFn: () =>
      target.kind === 'model'
        ? api.models.modelCredentials(provider.provider, target.model)
        : api.models.credentials(provider.provider, storedId(target)),
    enabled: isReplacing,
    gcTime: 0,
  })
  if (isReplacing && stored.isPending) {
    return (
      <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title={title}>
        <Skeleton className="mb-5 h-20" />
      </Dialog>
    )
  }
  // Where the stored form cannot be read, it is filled in anew.
  return <CredentialsForm provider={provider} target={target} stored={stored.data ?? null} title={title} onClose={onClose} />
}
