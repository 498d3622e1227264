import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { KeyRound, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import type { ApiKey } from '../../api/types/apps.ts'
import { useErrorText } from '../../api/useErrorText.ts'
import {
  Button,
  Cell,
  ConfirmDialog,
  CopyButton,
  Dialog,
  ErrorState,
  HeaderCell,
  IconButton,
  Skeleton,
  Table,
  TableHead,
  TableRow,
  useToast,
} from '../../design/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { useApp } from '../app/app-context.ts'
import { useSession } from '../session/useSession.ts'

export function KeysSection({ onCreated }: { readonly onCreated: (token: string) => void }) {
  const { t } = useTranslation('access')
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  const { canEdit } = useSession()
  const { app } = useApp()
  const [shown, setShown] = useState<string | null>(null)
  const keys = useQuery({ queryKey: ['keys', app.id], queryFn: () => api.apps.keys(app.id) })
  const create = useMutation({
    mutationFn: () => api.apps.createKey(app.id),
    onSuccess: async (key) => {
      setShown(key.token)
      onCreated(key.token)
      await queryClient.invalidateQueries({ queryKey: ['keys', app.id] })
    },
    onError: (error) => toast.error(t('keys.createFailed'), errorText(error)),
  })
  const createButton = canEdit && (
    <Button icon={<Plus size={14} aria-hidden />} isBusy={create.isPending} onClick={() => create.mutate()}>
      {t('keys.create')}
    </Button>
  )
  return (
    <section aria-label={t('keys.title')}>
      <div className="mb-2.5 flex items-end gap-3">
        <div className="flex-1">
          <h3 className="text-l font-semibold">{t('keys.title')}</h3>
          <p className="text-ink-2">{t('keys.lead')}</p>
        </div>
        {keys.data && keys.data.length > 0 && createButton}
      </div>
      {keys.isPending && <Skeleton className="h-20" />}
      {keys.isError && (
        <ErrorState title={t('loadFailed', { ns: 'common' })} message={errorText(keys.error)} onRetry={() => void keys.refetch()} />
      )}
      {keys.data?.length === 0 && (
        <div className="flex items-center gap-3 rounded-md border border-dashed border-line-2 px-4 py-3.5">
          <KeyRound size={18} aria-hidden className="text-ink-3" />
          <div className="flex-1">
            <p className="font-medium">{t('keys.empty')}</p>
            <p className="text-s text-ink-3">{t('keys.emptyHint')}</p>
          </div>
          {createButton}
        </div>
      )}
      {keys.data && keys.data.length > 0 && <KeyTable keys={keys.data} />}
      <NewKeyDialog token={shown} onClose={() => setShown(null)} />
    </section>
  )
}

function KeyTable({ keys }: { readonly keys: readonly ApiKey[] }) {
  const { t } = useTranslation('access')
  const { canAdminister, account } = useSession()
  const format = useFormat(account.timezone)
  const [deleting, setDeleting] = useState<ApiKey | null>(null)
  const lastUse = ({ last_used_at: at }: ApiKey): string => (at === null ? t('keys.never') : format.ago(at))
  return (
    <>
      <Table className="sm:min-w-140">
        <TableHead>
          <HeaderCell>{t('keys.key')}</HeaderCell>
          <HeaderCell>{t('keys.created')}</HeaderCell>
          <HeaderCell className="max-sm:hidden">{t('keys.lastUsed')}</HeaderCell>
          <HeaderCell className="w-10" />
        </TableHead>
        <tbody>
          {keys.map((key) => (
            <TableRow key={key.id}>
              <Cell className="font-mono text-s">{key.token}</Cell>
              <Cell className="text-ink-2 max-sm:py-2">
                {format.dateTime(key.created_at)}
                <p className="text-s text-ink-3 sm:hidden">{t('keys.lastUsedThen', { ago: lastUse(key) })}</p>
              </Cell>
              <Cell className="text-ink-2 max-sm:hidden">{lastUse(key)}</Cell>
              <Cell>
                {canAdminister && (
                  <IconButton size="s" label={t('keys.deleteOne', { token: key.token })} onClick={() => setDeleting(key)}>
                    <Trash2 size={14} aria-hidden />
                  </IconButton>
                )}
              </Cell>
            </TableRow>
          ))}
        </tbody>
      </Table>
      <DeleteKeyDialog apiKey={deleting} onClose={() => setDeleting(null)} />
    </>
  )
}

function DeleteKeyDialog({ apiKey, onClose }: { readonly apiKey: ApiKey | null; readonly onClose: () => void }) {
  const { t } = useTranslation('access')
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  const { app } = useApp()
  const remove = useMutation({
    mutationFn: (key: ApiKey) => api.apps.deleteKey(app.id, key.id),
    onSuccess: async () => {
      onClose()
      await queryClient.invalidateQueries({ queryKey: ['keys', app.id] })
    },
    onError: (error) => toast.error(t('keys.deleteFailed'), errorText(error)),
  })
  return (
    <ConfirmDialog
      isOpen={apiKey !== null}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('keys.confirmTitle', { token: apiKey?.token })}
      consequence={t('keys.confirmConsequence')}
      confirmLabel={t('keys.confirm')}
      isBusy={remove.isPending}
      onConfirm={() => apiKey && remove.mutate(apiKey)}
    />
  )
}

function NewKeyDialog({ token, onClose }: { readonly token: string | null; readonly onClose: () => void }) {
  const { t } = useTranslation('access')
  return (
    <Dialog
      isOpen={token !== null}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('keys.newTitle')}
      description={t('keys.newLead')}
      width="m"
      footer={
        <Button variant="primary" onClick={onClose}>
          {t('keys.newDone')}
        </Button>
      }
    >
      <div className="flex items-center gap-2 rounded-sm border border-line-2 bg-surface-2 py-1 pr-1 pl-3">
        <code className="min-w-0 flex-1 font-mono text-s wrap-anywhere">{token}</code>
        <CopyButton text={token ?? ''} label={t('copy', { ns: 'common' })} variant="default" />
      </div>
    </Dialog>
  )
}
