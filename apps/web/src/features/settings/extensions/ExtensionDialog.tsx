import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import { ApiError } from '../../../api/api-error.ts'
import type { ApiExtension } from '../../../api/types/extensions.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Button, Dialog, Notice, TextField, useToast } from '../../../design/index.ts'
import { extensionsQuery } from '../../extensions/queries.ts'
import { type ExtensionFaults, type ExtensionForm, findFaults, formOf, toInput } from './extension-form.ts'

/** Adds an extension, or changes the one given. What is wrong with its server is told before it is saved. */
export function ExtensionDialog({ extension, onClose }: { readonly extension?: ApiExtension; readonly onClose: () => void }) {
  const { t } = useTranslation('extensions')
  const api = useApi()
  const toast = useToast()
  const queryClient = useQueryClient()
  const [form, setForm] = useState(() => formOf(extension))
  const [isTried, setTried] = useState(false)
  const faults = findFaults(form, extension)
  const save = useMutation({
    mutationFn: () => (extension ? api.extensions.change(extension.id, toInput(form)) : api.extensions.create(toInput(form))),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: extensionsQuery(api).queryKey })
      onClose()
      toast.success(t('form.saved'))
    },
  })
  const isTaken = save.error instanceof ApiError && save.error.param === 'name'
  const shown: ExtensionFaults = { ...(isTried ? faults : {}), ...(isTaken && { name: 'taken' as const }) }
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t(extension ? 'form.change' : 'form.create')}
      description={t('form.lead')}
      width="m"
      onSubmit={() => {
        setTried(true)
        if (Object.keys(faults).length === 0) save.mutate()
      }}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel', { ns: 'common' })}</Button>
          <Button type="submit" variant="primary" isBusy={save.isPending}>
            {t('form.save')}
          </Button>
        </>
      }
    >
      <Fields
        form={form}
        stored={extension}
        faults={shown}
        onChange={(part) => {
          save.reset()
          setForm((before) => ({ ...before, ...part }))
        }}
      />
      {save.error && !isTaken && <Failure error={save.error} />}
    </Dialog>
  )
}

interface FieldsProps {
  readonly form: ExtensionForm
  readonly stored: ApiExtension | undefined
  readonly faults: ExtensionFaults
  readonly onChange: (part: Partial<ExtensionForm>) => void
}

function Fields({ form, stored, faults, onChange }: FieldsProps) {
  const { t } = useTranslation('extensions')
  const keyHint = stored ? t('form.keyKept', { key: stored.api_key }) : t('form.keyHint')
  return (
    <>
      <TextField
        label={t('form.name')}
        required
        autoFocus
        maxLength={255}
        placeholder={t('form.namePlaceholder')}
        value={form.name}
        onValueChange={(name) => onChange({ name })}
        error={faults.name ? t(`form.faults.${faults.name}`) : null}
      />
      <TextField
        label={t('form.endpoint')}
        hint={t('form.endpointHint')}
        required
        isMono
        type="url"
        placeholder="https://example.com/trellis"
        value={form.endpoint}
        onValueChange={(endpoint) => onChange({ endpoint })}
        error={faults.endpoint ? t(`form.faults.${faults.endpoint}`) : null}
      />
      <TextField
        label={t('form.key')}
        hint={keyHint}
        required={!stored}
        isMono
        type="password"
        autoComplete="off"
        value={form.key}
        onValueChange={(key) => onChange({ key })}
        error={faults.key ? t(`form.faults.${faults.key}`) : null}
      />
    </>
  )
}

function Failure({ error }: { readonly error: unknown }) {
  const { t, i18n } = useTranslation('extensions')
  const errorText = useErrorText()
  const isOfPing = error instanceof ApiError && error.param === 'api_endpoint'
  const told = error instanceof ApiError ? error.details['fault'] : undefined
  const fault = isFault(told) ? told : undefined
  // Codes are data: a newer server may know more of them.
  const key = `form.ping.${fault?.code}` as 'form.ping.status'
  return (
    <Notice tone="bad">
      {isOfPing && <p className="font-medium">{t('form.pingFailed')}</p>}
      {fault && i18n.exists(key, { ns: 'extensions' }) ? (
        <>
          <p>{String(t(key, { replace: fault.values }))}</p>
          {fault.values['answer'] && <code className="mt-1 block font-mono text-s wrap-anywhere">{fault.values['answer']}</code>}
        </>
      ) : (
        errorText(error)
      )}
    </Notice>
  )
}

/** What the server found when it asked, with what it was answered. */
interface Fault {
  readonly code: string
  readonly values: Readonly<Record<string, string>>
}

const isFault = (told: unknown): told is Fault => typeof told === 'object' && told !== null && 'code' in told && 'values' in told
