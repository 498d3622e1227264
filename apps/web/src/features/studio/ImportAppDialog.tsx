import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import { useErrorText } from '../../api/useErrorText.ts'
import { useObstacleText } from '../../api/useObstacleText.ts'
import type { AppImport } from '../../api/workflows-api.ts'
import { Button, Dialog, Notice, Tabs, TextArea, TextField, useToast } from '../../design/index.ts'
import { SingleFileField } from '../form/SingleFileField.tsx'
import { NeedsDialog } from '../workflow/needs/NeedsDialog.tsx'
import { missingThings, unreadyModels } from '../workflow/needs/needs.ts'
import { needsQuery } from '../workflow/needs/useNeeds.ts'
import { invalidateApps } from './queries.ts'

type Source = 'file' | 'text' | 'url'

/** Makes an app of a file: chosen, pasted, or fetched from an address. One of another version asks once more. */
export function ImportAppDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation('studio')
  const errorText = useErrorText()
  const [source, setSource] = useState<Source>('file')
  const [text, setText] = useState('')
  const [url, setUrl] = useState('')
  const { send, pending, imported, open, reset } = useImport(onClose)
  useEffect(() => {
    if (!isOpen) return
    setText('')
    setUrl('')
    reset()
  }, [isOpen, reset])
  const isReady = source === 'url' ? url.trim() !== '' : text.trim() !== ''
  const submit = () => {
    if (isReady) send.mutate(source === 'url' ? { mode: 'yaml-url', yaml_url: url.trim() } : { mode: 'yaml-content', yaml_content: text })
  }
  if (imported?.hasNeeds) return <NeedsDialog appId={imported.appId} note={imported.note} onClose={open} />
  if (imported) return <WarnedDialog {...imported} onClose={open} />
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={(next) => !next && onClose()}
      title={t('import.title')}
      description={t('import.lead')}
      width="m"
      onSubmit={submit}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel', { ns: 'common' })}</Button>
          <Button type="submit" variant="primary" isBusy={send.isPending} disabled={!isReady}>
            {pending ? t('import.anyway') : t('import.submit')}
          </Button>
        </>
      }
    >
      <Tabs
        label={t('import.source')}
        value={source}
        onValueChange={setSource}
        items={[
          { value: 'file', label: t('import.file') },
          { value: 'text', label: t('import.text') },
          { value: 'url', label: t('import.url') },
        ]}
      />
      {source === 'file' && (
        <SingleFileField
          label={t('import.content')}
          endings={['.yml', '.yaml']}
          onFile={(file) => void file.text().then(setText, () => setText(''))}
        />
      )}
      {source === 'text' && <TextArea label={t('import.content')} rows={10} value={text} onValueChange={setText} />}
      {source === 'url' && <TextField label={t('import.address')} type="url" placeholder="https://" value={url} onValueChange={setUrl} />}
      {pending && (
        <Notice tone="warn">{t('import.otherVersion', { file: pending.imported_dsl_version, here: pending.current_dsl_version })}</Notice>
      )}
      {send.error && <Notice tone="bad">{errorText(send.error)}</Notice>}
    </Dialog>
  )
}

/** An app that is there, but something is to be said of it first. */
interface Imported {
  readonly appId: string
  readonly note: string | null
  /** It needs what is not here. */
  readonly hasNeeds: boolean
  /** It is of a kind that has no editor here, and is only kept. */
  readonly isKeptOnly: boolean
}

/** A warning that stays until it was read. */
function WarnedDialog({ note, isKeptOnly, onClose }: Pick<Imported, 'note' | 'isKeptOnly'> & { readonly onClose: () => void }) {
  const { t } = useTranslation('studio')
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('import.done')}
      description={t(isKeptOnly ? 'import.kept' : 'import.warned')}
      footer={
        <Button variant="primary" autoFocus onClick={onClose}>
          {t('import.open')}
        </Button>
      }
    >
      <Notice tone="warn">{note}</Notice>
    </Dialog>
  )
}

/** Sends the file, and confirms it where the server asked to; then opens the app, or says first what it needs. */
function useImport(onDone: () => void) {
  const { t } = useTranslation('studio')
  const api = useApi()
  const toast = useToast()
  const obstacleText = useObstacleText()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const [pending, setPending] = useState<AppImport | null>(null)
  const [imported, setImported] = useState<Imported | null>(null)
  const openApp = async (id: string) => {
    onDone()
    setImported(null)
    await navigate({ to: '/app/$id/configuration', params: { id } })
  }
  const send = useMutation({
    mutationFn: (input: Parameters<typeof api.workflows.importApp>[0]) =>
      pending ? api.workflows.confirmImport(pending.id) : api.workflows.importApp(input),
    onSuccess: async (outcome) => {
      setPending(outcome.status === 'pending' ? outcome : null)
      if (outcome.app_id === null || outcome.status === 'pending') return
      await invalidateApps(queryClient)
      const isGraph = outcome.app_mode === 'workflow' || outcome.app_mode === 'advanced-chat'
      const needs = isGraph ? await queryClient.fetchQuery(needsQuery(api, outcome.app_id)).catch(() => undefined) : undefined
      // What is missing can be looked at later too: an app is opened all the same where it cannot be told now.
      const hasNeeds = needs !== undefined && unreadyModels(needs).length + missingThings(needs).length > 0
      // Why callers do not get the app yet; in the server's words where it knows more than we.
      const obstacle = (await obstacleText(outcome.obstacle)) ?? (outcome.error || null)
      const isOlder = outcome.status === 'completed-with-warnings' && obstacle === null
      const age = isOlder ? t('import.olderVersion', { file: outcome.imported_dsl_version, here: outcome.current_dsl_version }) : null
      if (hasNeeds || obstacle !== null) {
        const isKeptOnly = outcome.obstacle?.code === 'mode_later'
        return setImported({ appId: outcome.app_id, note: obstacle ?? age, hasNeeds, isKeptOnly })
      }
      await openApp(outcome.app_id)
      // Words of the page before would be taken away.
      toast.success(t('import.done'), undefined, age ?? undefined)
    },
  })
  const { reset: resetSend } = send
  const [reset] = useState(() => () => {
    setPending(null)
    setImported(null)
    resetSend()
  })
  return { send, pending, imported, open: () => void (imported && openApp(imported.appId)), reset }
}
