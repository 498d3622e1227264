import { Paperclip } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelConfig } from '../../../../api/types/apps.ts'
import { cx, IconButton } from '../../../../design/index.ts'
import { lazyDialog } from '../../../../lazy-dialog.tsx'
import { readUploadSettings, writeUploadSettings } from '../../../orchestrate/files/upload-settings.ts'
import { useSession } from '../../../session/useSession.ts'
import { isDraft, type TrialProps } from './tried-workflow.ts'
import { useSaveFeatures } from './useSaveFeatures.ts'

const FilesDialog = lazyDialog(() => import('../../../orchestrate/files/FilesDialog.tsx').then((module) => module.FilesDialog))

type Section = ModelConfig['file_upload']

/** A draft holds any JSON; what is no section is none. The server has checked the keys that are read. */
const toSection = (value: unknown): Section =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Section) : {}

/** Which files the draft of a chatflow takes, behind a button beside its trial. */
export function FilesFeature({ app, workflow }: TrialProps) {
  const { t } = useTranslation('orchestrate')
  const { canEdit } = useSession()
  const [isOpen, setOpen] = useState(false)
  const save = useSaveFeatures(app.id, () => setOpen(false))
  if (!isDraft(workflow) || !canEdit) return null
  const settings = readUploadSettings(toSection(workflow.features['file_upload']))
  return (
    <>
      <IconButton label={t('files.title')} onClick={() => setOpen(true)}>
        <Paperclip size={15} aria-hidden className={cx(settings.isEnabled && 'text-accent')} />
      </IconButton>
      {isOpen && (
        <FilesDialog
          settings={settings}
          isSaving={save.isPending}
          onSave={(next) => save.mutate(({ file_upload: stored }) => ({ file_upload: writeUploadSettings(toSection(stored), next) }))}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
