import { useTranslation } from 'react-i18next'
import type { App } from '../../../../api/types/apps.ts'
import type { WorkflowVersion } from '../../../../api/workflows-api.ts'
import { Button, Dialog } from '../../../../design/index.ts'
import { CallSample } from '../CallSample.tsx'

export interface CallVersionDialogProps {
  readonly app: App
  readonly version: WorkflowVersion
  readonly onClose: () => void
}

/** How a program calls this very version. */
export function CallVersionDialog({ app, version, onClose }: CallVersionDialogProps) {
  const { t } = useTranslation('workflow')
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('versions.call')}
      description={t('versions.callLead')}
      width="l"
      footer={<Button onClick={onClose}>{t('close', { ns: 'common' })}</Button>}
    >
      <CallSample app={app} graph={version.graph} versionId={version.id} />
    </Dialog>
  )
}
