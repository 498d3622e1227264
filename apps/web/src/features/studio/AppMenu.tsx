import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Copy, Download, Ellipsis, Pencil, Tag, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import type { AppSummary } from '../../api/types/apps.ts'
import { useErrorText } from '../../api/useErrorText.ts'
import { IconButton, Menu, useToast } from '../../design/index.ts'
import type { AppDialog } from './AppDialogs.tsx'
import { invalidateApps } from './queries.ts'

export function AppMenu({ app, onOpen }: { readonly app: AppSummary; readonly onOpen: (dialog: AppDialog) => void }) {
  const { t } = useTranslation('studio')
  const { duplicate, download } = useAppActions(app)
  const open = (kind: AppDialog['kind']) => () => onOpen({ kind, app })
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
            { label: t('menu.edit'), icon: <Pencil size={14} aria-hidden />, onSelect: open('edit') },
            { label: t('menu.tags'), icon: <Tag size={14} aria-hidden />, onSelect: open('tags') },
            { label: t('menu.export'), icon: <Download size={14} aria-hidden />, onSelect: download },
            { label: t('menu.duplicate'), icon: <Copy size={14} aria-hidden />, onSelect: duplicate },
          ],
          [{ label: t('menu.delete'), icon: <Trash2 size={14} aria-hidden />, isDestructive: true, onSelect: open('delete') }],
        ]}
      />
    </div>
  )
}

function useAppActions(app: AppSummary) {
  const { t } = useTranslation('studio')
  const api = useApi()
  const queryClient = useQueryClient()
  const toast = useToast()
  const errorText = useErrorText()
  const duplicate = useMutation({
    mutationFn: () => api.apps.copy(app.id, t('copyName', { name: app.name })),
    onSuccess: async (copy) => {
      await invalidateApps(queryClient)
      toast.success(t('duplicated', { name: copy.name }))
    },
    onError: (error) => toast.error(t('failed'), errorText(error)),
  })
  const download = useMutation({
    mutationFn: () => api.workflows.exportApp(app.id),
    onSuccess: (text) => saveFile(`${app.name}.yml`, text),
    onError: (error) => toast.error(t('exportFailed'), errorText(error)),
  })
  return { duplicate: () => duplicate.mutate(), download: () => download.mutate() }
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
