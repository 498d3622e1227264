import type { FileType } from '@trellis/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Dialog, Switch } from '../../../design/index.ts'
import { useLossOfTexts } from '../../../lazy-dialog.tsx'
import { ExtensionsField } from './ExtensionsField.tsx'
import { FileKinds } from './FileKinds.tsx'
import { FileLimits } from './FileLimits.tsx'
import { fileKinds, lacksExtensions, ownExtensions, type UploadSettings } from './upload-settings.ts'
import { useUploadTexts } from './useUploadTexts.ts'

export interface FilesDialogProps {
  readonly settings: UploadSettings
  readonly isSaving: boolean
  readonly onSave: (settings: UploadSettings) => void
  readonly onClose: () => void
}

/** Which files a chatflow takes beside a question. Its nodes get them, whatever they are: no model says what can be read. */
export function FilesDialog(props: FilesDialogProps) {
  const texts = useUploadTexts()
  useLossOfTexts(texts, props.onClose)
  return texts.data === undefined ? null : <Form {...props} />
}

const offered: readonly FileType[] = [...fileKinds, 'custom']

function Form({ settings: initial, isSaving, onSave, onClose }: FilesDialogProps) {
  const { t } = useTranslation(['uploads', 'orchestrate', 'common'])
  const [settings, setSettings] = useState(initial)
  const [isTried, setTried] = useState(false)
  const change = (part: Partial<UploadSettings>) => setSettings((before) => ({ ...before, ...part }))
  const changeTypes = ({ types }: Pick<UploadSettings, 'types'>) => {
    const isNew = types.includes('custom') && !settings.types.includes('custom')
    change({ types, ...(isNew && { extensions: ownExtensions(settings.extensions) }) })
  }
  const isLacking = lacksExtensions(settings)
  return (
    <Dialog
      isOpen
      onOpenChange={(next) => !next && onClose()}
      title={t('orchestrate:files.title')}
      description={t('lead')}
      width="m"
      onSubmit={() => {
        setTried(true)
        if (!isLacking) onSave(settings)
      }}
      footer={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button type="submit" variant="primary" isBusy={isSaving}>
            {t('common:save')}
          </Button>
        </>
      }
    >
      <Switch
        label={t('orchestrate:files.attach')}
        hint={t('attachHint')}
        checked={settings.isEnabled}
        onCheckedChange={(isEnabled) => change({ isEnabled })}
      />
      {settings.isEnabled && (
        <>
          <FileKinds
            settings={{ types: settings.types, extensions: [] }}
            offered={offered}
            isReadable={() => true}
            isReadOnly={false}
            onChange={changeTypes}
          />
          {settings.types.includes('custom') && (
            <ExtensionsField
              extensions={settings.extensions}
              onChange={(extensions) => change({ extensions })}
              error={isTried && isLacking ? t('extensions.missing') : null}
            />
          )}
          <FileLimits settings={settings} hasDetail={false} isReadOnly={false} onChange={change} />
        </>
      )}
    </Dialog>
  )
}
