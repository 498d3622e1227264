import { Paperclip } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelConfig } from '../../../../api/types/apps.ts'
import { lazyDialog } from '../../../../lazy-dialog.tsx'
import { readUploadSettings, writeUploadSettings } from '../../../orchestrate/files/upload-settings.ts'
import { useSession } from '../../../session/useSession.ts'
import { FeatureButton } from './FeatureButton.tsx'
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
      <FeatureButton Icon={Paperclip} label={t('files.title')} isOn={settings.isEnabled} onClick={() => setOpen(true)} />
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
