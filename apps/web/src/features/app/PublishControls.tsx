import { ChevronDown, ExternalLink, Link2 } from 'lucide-react'
import type { ComponentProps } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, copyText, IconButton, Menu, useToast } from '../../design/index.ts'
import { useSession } from '../session/useSession.ts'
import { useApp } from './app-context.ts'
import { siteAddress } from './site-address.ts'

export interface PublishControlsProps {
  /** Whether there is something to publish. */
  readonly hasChanges: boolean
  /** There is something, and it cannot be published as it stands. */
  readonly isBlocked?: boolean
  readonly isPublishing: boolean
  readonly publish: () => void
  /** Why the page has nothing to show, if so. */
  readonly pageHint?: string | undefined
  /** More for the menu, for those who may edit. */
  readonly actions?: ComponentProps<typeof Menu>['groups'][number]
}

/** The button that publishes, and beside it the way to the public page. */
export function PublishControls({ hasChanges, isBlocked = false, isPublishing, publish, pageHint, actions = [] }: PublishControlsProps) {
  const { t } = useTranslation('orchestrate')
  const { canEdit } = useSession()
  const { app } = useApp()
  const toast = useToast()
  // Green only where there is something to publish.
  const look = canEdit && hasChanges ? 'primary' : 'default'
  const hint = app.enable_site ? pageHint : t('publish.pageIsOff')
  const copyLink = async () => {
    const isCopied = await copyText(siteAddress(app))
    if (isCopied) toast.success(t('publish.linkCopied'))
    else toast.error(t('copyFailed', { ns: 'common' }))
  }
  return (
    <div className="flex">
      {canEdit && (
        <Button variant={look} shape="start" isBusy={isPublishing} disabled={!hasChanges || isBlocked} onClick={publish}>
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
              isDisabled: hint !== undefined,
              ...(hint !== undefined && { hint }),
              onSelect: () => window.open(siteAddress(app), '_blank', 'noopener'),
            },
            { label: t('publish.copyLink'), icon: <Link2 size={14} aria-hidden />, onSelect: copyLink },
          ],
          canEdit ? actions : [],
        ]}
      />
    </div>
  )
}
