import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Copy, Download, Ellipsis, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import type { AppSummary } from '../../api/types/apps.ts'
import { useErrorText } from '../../api/useErrorText.ts'
import { AppIcon, Chip, ConfirmDialog, IconButton, Menu, useToast } from '../../design/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { EditAppDialog } from './EditAppDialog.tsx'
import { invalidateApps } from './queries.ts'

export function AppCard({ app, canEdit }: { readonly app: AppSummary; readonly canEdit: boolean }) {
  const { t } = useTranslation('studio')
  const format = useFormat()
  return (
    <article className="group relative flex min-h-32 flex-col gap-2.5 rounded-md border border-line bg-surface px-3.5 pt-3.5 pb-3 transition-[border-color,box-shadow] duration-150 focus-within:border-line-2 hover:border-line-2 hover:shadow-low">
      <header className="flex items-center gap-2.5">
        <AppIcon iconType={app.icon_type} icon={app.icon} iconUrl={app.icon_url} />
        <div className="min-w-0 flex-1 leading-snug">
          {/* The link covers the card; the menu stands above it. */}
          <Link
            to="/app/$id/configuration"
            params={{ id: app.id }}
            className="block truncate text-l font-semibold after:absolute after:inset-0 after:rounded-md focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-focus"
          >
            {app.name}
          </Link>
          <span className="text-s text-ink-3">{t(`mode.${app.mode}`, { ns: 'common' })}</span>
        </div>
        {canEdit && <AppMenu app={app} />}
      </header>
      <p className="line-clamp-2 flex-1 text-ink-2">{app.description}</p>
      <footer className="flex items-center justify-between text-s">
        <Chip tone={app.has_unpublished_changes ? 'warn' : 'accent'}>{app.has_unpublished_changes ? t('draftAhead') : t('published')}</Chip>
        <span className="text-ink-3">{t('edited', { when: format.ago(app.updated_at ?? app.created_at ?? 0) })}</span>
      </footer>
    </article>
  )
}

function AppMenu({ app }: { readonly app: AppSummary }) {
  const { t } = useTranslation('studio')
  const [open, setOpen] = useState<'edit' | 'delete' | null>(null)
  const { duplicate, download, remove, isRemoving } = useAppActions(app, () => setOpen(null))
  return (
    <div className="relative z-1">
      <Menu
        trigger={
          <IconButton label={t('more', { ns: 'common' })} size="s" isTooltipHidden>
            <Ellipsis size={16} aria-hidden />
          </IconButton>
        }
        groups={[
          [
            { label: t('menu.edit'), icon: <Pencil size={14} aria-hidden />, onSelect: () => setOpen('edit') },
            { label: t('menu.export'), icon: <Download size={14} aria-hidden />, onSelect: download },
            { label: t('menu.duplicate'), icon: <Copy size={14} aria-hidden />, onSelect: duplicate },
          ],
          [{ label: t('menu.delete'), icon: <Trash2 size={14} aria-hidden />, isDestructive: true, onSelect: () => setOpen('delete') }],
        ]}
      />
      <EditAppDialog app={app} isOpen={open === 'edit'} onClose={() => setOpen(null)} />
      <ConfirmDialog
        isOpen={open === 'delete'}
        onOpenChange={(isOpen) => setOpen(isOpen ? 'delete' : null)}
        title={t('confirmDelete.title', { name: app.name })}
        consequence={t('confirmDelete.consequence')}
        confirmLabel={t('confirmDelete.confirm')}
        onConfirm={remove}
        isBusy={isRemoving}
      />
    </div>
  )
}

function useAppActions(app: AppSummary, onDone: () => void) {
  const { t } = useTranslation('studio')
  const api = useApi()
  const queryClient = useQueryClient()
  const toast = useToast()
  const errorText = useErrorText()
  const onError = (error: unknown) => toast.error(t('failed'), errorText(error))
  const duplicate = useMutation({
    mutationFn: () => api.apps.copy(app.id, t('copyName', { name: app.name })),
    onSuccess: async (copy) => {
      await invalidateApps(queryClient)
      toast.success(t('duplicated', { name: copy.name }))
    },
    onError,
  })
  const download = useMutation({
    mutationFn: () => api.workflows.exportApp(app.id),
    onSuccess: (text) => saveFile(`${app.name}.yml`, text),
    onError: (error) => toast.error(t('exportFailed'), errorText(error)),
  })
  const remove = useMutation({
    mutationFn: () => api.apps.remove(app.id),
    onSuccess: async () => {
      onDone()
      toast.success(t('deleted', { name: app.name }))
      await invalidateApps(queryClient)
    },
    onError,
  })
  return {
    duplicate: () => duplicate.mutate(),
    download: () => download.mutate(),
    remove: () => remove.mutate(),
    isRemoving: remove.isPending,
  }
}

/** Hands a text to the browser as a download. */
function saveFile(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
