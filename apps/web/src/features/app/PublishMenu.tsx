import { ChevronDown, ExternalLink, History, Link2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button, copyText, IconButton, Menu, useToast } from '../../design/index.ts'
import { useSession } from '../session/useSession.ts'
import { useApp, useDraft } from './app-context.ts'
import { siteAddress } from './site-address.ts'
import { usePublish } from './usePublish.ts'

export function PublishMenu() {
  const { t } = useTranslation('orchestrate')
  const { canEdit } = useSession()
  const { app } = useApp()
  const { hasUnpublishedChanges, status } = useDraft()
  const { publish, isPublishing, restore } = usePublish()
  const toast = useToast()
  // Green only where there is something to publish.
  const look = canEdit && hasUnpublishedChanges ? 'primary' : 'default'
  const copyLink = async () => {
    const isCopied = await copyText(siteAddress(app))
    if (isCopied) toast.success(t('publish.linkCopied'))
    else toast.error(t('copyFailed', { ns: 'common' }))
  }
  return (
    <div className="flex">
      {canEdit && (
        <Button
          variant={look}
          shape="start"
          isBusy={isPublishing}
          disabled={!hasUnpublishedChanges || status === 'conflict'}
          onClick={publish}
        >
          {t('publish.action')}
        </Button>
      )}
      <Menu
        trigger={
          <IconButton label={t('publish.more')} variant={look} shape={canEdit ? 'end' : 'square'} isTooltipHidden>
            <ChevronDown size={14} aria-hidden />
          </IconButton>
        }
        groups={[
          [
            {
              label: t('publish.openPage'),
              icon: <ExternalLink size={14} aria-hidden />,
              isDisabled: !app.enable_site,
              ...(!app.enable_site && { hint: t('publish.pageIsOff') }),
              onSelect: () => window.open(siteAddress(app), '_blank', 'noopener'),
            },
            { label: t('publish.copyLink'), icon: <Link2 size={14} aria-hidden />, onSelect: copyLink },
          ],
          canEdit
            ? [
                {
                  label: t('publish.restore'),
                  icon: <History size={14} aria-hidden />,
                  isDisabled: !hasUnpublishedChanges,
                  onSelect: restore,
                },
              ]
            : [],
        ]}
      />
    </div>
  )
}
