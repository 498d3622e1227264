import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ExternalLink, RefreshCw } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import { useErrorText } from '../../api/useErrorText.ts'
import { Button, buttonClass, Card, ConfirmDialog, CopyButton, cx, ErrorState, Skeleton, useToast } from '../../design/index.ts'
import { AppSwitch } from '../app/AppSwitch.tsx'
import { useApp } from '../app/app-context.ts'
import { appQuery } from '../app/queries.ts'
import { siteAddress } from '../app/site-address.ts'
import type { FormVariable } from '../app/user-input-form.ts'
import { useSession } from '../session/useSession.ts'
import { EmbedButton } from './embed/EmbedButton.tsx'
import { SiteForm } from './SiteForm.tsx'
import { useOverviewTexts } from './useOverviewTexts.ts'

export interface OverviewPageProps {
  /** What stands in the way of the page. */
  readonly notice?: ReactNode
  /** The form of what is published; undefined while it is asked for. */
  readonly variables: readonly FormVariable[] | undefined
}

/** Where people find the app's page, and how it looks. */
export function OverviewPage(props: OverviewPageProps) {
  const { t } = useTranslation('common')
  const texts = useOverviewTexts()
  if (texts.isError) return <ErrorState title={t('loadFailed')} message={t('reloadHint')} onRetry={() => void texts.refetch()} />
  return texts.data === undefined ? <Skeleton className="m-8 h-60" /> : <Overview {...props} />
}

function Overview({ notice, variables }: OverviewPageProps) {
  const { t } = useTranslation('overview')
  const { canEdit } = useSession()
  return (
    <main id="content" className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-180 flex-col gap-5 px-8 py-7 max-sm:px-4 max-sm:py-5">
        <header className="mb-1">
          <h2 className="text-2xl font-semibold tracking-tight">{t('title')}</h2>
          <p className="mt-0.5 text-ink-2">{t('lead')}</p>
        </header>
        {notice}
        <AppSwitch kind="site" label={t('enabled')} hint={t('enabledHint')} failure={t('switchFailed')} isDisabled={!canEdit} />
        <AddressCard variables={variables} />
        <SiteForm />
      </div>
    </main>
  )
}

function AddressCard({ variables }: Pick<OverviewPageProps, 'variables'>) {
  const { t } = useTranslation('overview')
  const { canAdminister } = useSession()
  const { app } = useApp()
  const address = siteAddress(app)
  return (
    // No form's field, whose label the controls of the dialogs in it would take for theirs.
    <Card className="flex flex-col gap-1.5 px-5 py-4">
      <h3 className="text-s font-medium text-ink-2">{t('address')}</h3>
      <div className="flex items-center gap-1">
        <code className="min-w-0 flex-1 truncate font-mono text-s">{address}</code>
        <CopyButton text={address} />
      </div>
      <div className="flex flex-wrap items-center gap-1.5">
        <a
          href={address}
          target="_blank"
          rel="noopener"
          aria-disabled={!app.enable_site}
          className={cx(buttonClass(), !app.enable_site && 'pointer-events-none opacity-50')}
        >
          <ExternalLink size={14} aria-hidden />
          {t('open')}
        </a>
        <EmbedButton variables={variables} />
        {canAdminister && <ResetAddress />}
      </div>
    </Card>
  )
}

function ResetAddress() {
  const { t } = useTranslation('overview')
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  const { app } = useApp()
  const [isOpen, setOpen] = useState(false)
  const reset = useMutation({
    mutationFn: () => api.apps.resetSiteAddress(app.id),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: appQuery(api, app.id).queryKey })
      setOpen(false)
      toast.success(t('resetDone'))
    },
    onError: (error) => toast.error(t('resetFailed'), errorText(error)),
  })
  return (
    <>
      <Button variant="ghost" icon={<RefreshCw size={14} aria-hidden />} onClick={() => setOpen(true)}>
        {t('reset')}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        title={t('resetTitle')}
        consequence={t('resetConsequence')}
        confirmLabel={t('resetConfirm')}
        isBusy={reset.isPending}
        onConfirm={() => reset.mutate()}
      />
    </>
  )
}
