import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Button, Dialog, ErrorState, Notice, Skeleton } from '../../../design/index.ts'
import { NeedsList } from './NeedsList.tsx'
import { useNeeds } from './useNeeds.ts'

export interface NeedsDialogProps {
  readonly appId: string
  /** Said above what is missing: how an import went. */
  readonly note?: string | null
  /** Done with, whether anything was replaced or not. */
  readonly onClose: () => void
}

/** Shows what an app needs that is not here, and puts models of the workspace in the place of missing ones. */
export function NeedsDialog({ appId, note, onClose }: NeedsDialogProps) {
  const { t } = useTranslation('studio')
  const errorText = useErrorText()
  const { needs, bindings, onBind, bind } = useNeeds(appId, onClose)
  const canBind = bindings.size > 0
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('needs.title')}
      description={t('needs.lead')}
      width="l"
      footer={
        <>
          <Button variant={canBind ? 'default' : 'primary'} onClick={onClose}>
            {t(canBind ? 'needs.later' : 'needs.goOn')}
          </Button>
          {canBind && (
            <Button variant="primary" isBusy={bind.isPending} onClick={() => bind.mutate()}>
              {t('needs.bind', { count: bindings.size })}
            </Button>
          )}
        </>
      }
    >
      {note && <Notice tone="warn">{note}</Notice>}
      {needs.isPending && <Skeleton className="h-32" />}
      {needs.isError && (
        <ErrorState title={t('loadFailed', { ns: 'common' })} message={errorText(needs.error)} onRetry={() => void needs.refetch()} />
      )}
      {needs.data && <NeedsList needs={needs.data} bindings={bindings} onBind={onBind} />}
      {bind.error && <Notice tone="bad">{errorText(bind.error)}</Notice>}
    </Dialog>
  )
}
