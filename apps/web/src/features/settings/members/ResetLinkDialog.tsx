import { useTranslation } from 'react-i18next'
import { Button, CopyButton, Dialog } from '../../../design/index.ts'

/** The link with which a member sets a new password: shown once, to be passed on by whoever made it. */
export function ResetLinkDialog({ name, url, onClose }: { readonly name: string; readonly url: string; readonly onClose: () => void }) {
  const { t } = useTranslation('team')
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('resetLink.title', { name })}
      description={t('resetLink.lead', { name })}
      width="m"
      footer={
        <Button variant="primary" onClick={onClose}>
          {t('links.done')}
        </Button>
      }
    >
      <div className="flex items-center gap-2 rounded-sm border border-line-2 bg-surface-2 py-1 pr-1 pl-3">
        <code className="min-w-0 flex-1 truncate font-mono text-s" title={url}>
          {url}
        </code>
        <CopyButton text={url} label={t('links.copy')} variant="default" />
      </div>
    </Dialog>
  )
}
