import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import { useErrorText } from '../../api/useErrorText.ts'
import { Button, buttonClass, Dialog, Notice, Select, Skeleton, Switch, TextField } from '../../design/index.ts'
import { useLossOfTexts } from '../../lazy-dialog.tsx'
import { checkVariableName } from '../app/user-input-form.ts'
import { extensionsQuery } from '../extensions/queries.ts'
import { useExtensionTexts } from '../extensions/useExtensionTexts.ts'
import { useSession } from '../session/useSession.ts'
import type { ExternalDataTool } from './external-data-tools.ts'

export interface ExternalDataDialogProps {
  readonly initial: ExternalDataTool
  readonly isNew: boolean
  /** Names that are taken. */
  readonly others: readonly string[]
  readonly onSave: (tool: ExternalDataTool) => void
  readonly onClose: () => void
}

/** Which extension is asked for which variable. */
export function ExternalDataDialog(props: ExternalDataDialogProps) {
  const texts = useExtensionTexts()
  useLossOfTexts(texts, props.onClose)
  return texts.data === undefined ? null : <Form {...props} />
}

function Form({ initial, isNew, others, onSave, onClose }: ExternalDataDialogProps) {
  const { t } = useTranslation(['extensions', 'orchestrate', 'common'])
  const [tool, setTool] = useState(initial)
  const [isTried, setTried] = useState(false)
  const change = (part: Partial<ExternalDataTool>) => setTool((before) => ({ ...before, ...part }))
  const nameFault = checkVariableName(tool.variable, others)
  const submit = () => {
    setTried(true)
    if (!nameFault && tool.extensionId !== '') onSave(tool)
  }
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t(isNew ? 'tool.create' : 'tool.change')}
      description={t('tool.lead')}
      onSubmit={submit}
      footer={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button type="submit" variant="primary">
            {t(isNew ? 'common:add' : 'common:save')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('tool.variable')}
        autoFocus
        required
        isMono
        placeholder="weather"
        value={tool.variable}
        onValueChange={(variable) => change({ variable, ...(tool.label === tool.variable && { label: variable }) })}
        error={isTried && nameFault ? t(`orchestrate:variables.faults.${nameFault}`) : null}
      />
      <TextField label={t('tool.label')} value={tool.label} onValueChange={(label) => change({ label })} />
      <ExtensionField
        extensionId={tool.extensionId}
        onChange={(extensionId) => change({ extensionId })}
        error={isTried && tool.extensionId === '' ? t('tool.faults.extension') : null}
      />
      {!isNew && <Switch label={t('tool.isOn')} checked={tool.isOn} onCheckedChange={(isOn) => change({ isOn })} />}
    </Dialog>
  )
}

interface ExtensionFieldProps {
  readonly extensionId: string
  readonly onChange: (extensionId: string) => void
  readonly error: string | null
}

function ExtensionField({ extensionId, onChange, error }: ExtensionFieldProps) {
  const { t } = useTranslation('extensions')
  const errorText = useErrorText()
  const { canAdminister } = useSession()
  const extensions = useQuery({ ...extensionsQuery(useApi()), refetchOnMount: 'always' })
  if (extensions.isPending) return <Skeleton className="h-14" />
  if (extensions.isError) return <Notice tone="bad">{errorText(extensions.error)}</Notice>
  if (extensions.data.length === 0) {
    const link = (
      <Link to="/settings/extensions" className={buttonClass({ size: 's' })}>
        {t('tool.toExtensions')}
      </Link>
    )
    return (
      <Notice tone="warn" action={canAdminister && link}>
        {t(canAdminister ? 'tool.none' : 'tool.noneForEditor')}
      </Notice>
    )
  }
  return (
    <Select
      label={t('tool.extension')}
      required
      placeholder={t('tool.choose')}
      options={extensions.data.map(({ id, name }) => ({ value: id, label: name }))}
      // One that is gone is none.
      value={extensions.data.some(({ id }) => id === extensionId) ? extensionId : null}
      onValueChange={onChange}
      error={error}
    />
  )
}
