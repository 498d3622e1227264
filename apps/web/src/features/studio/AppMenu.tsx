import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Copy, Download, Ellipsis, Pencil, Tag, Trash2, Workflow } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import type { AppSummary } from '../../api/types/apps.ts'
import { useErrorText } from '../../api/useErrorText.ts'
import { IconButton, type IconButtonProps, Menu, useToast } from '../../design/index.ts'
import type { AppDialog } from './AppDialogs.tsx'
import { invalidateApps } from './queries.ts'

export interface AppMenuProps {
  readonly app: AppSummary
  readonly onOpen: (dialog: AppDialog) => void
}

/** A menu's works are made when its button is about to be used: the list may show a thousand of them. */
export function AppMenu({ app, onOpen }: AppMenuProps) {
  const [use, setUse] = useState<'none' | 'pointed' | 'focused' | 'pressed'>('none')
  const isDown = useRef(false)
  if (use !== 'none') return <WorkingMenu app={app} onOpen={onOpen} hasFocus={use === 'focused'} isOpenAtFirst={use === 'pressed'} />
  return (
    <div className="relative z-1">
      <MenuButton
        aria-haspopup="menu"
        // A finger is down by then: the button must stay until it is lifted. A mouse may be down in the next moment, and finds it changed.
        onPointerEnter={({ pointerType }) => pointerType !== 'touch' && flushSync(() => setUse('pointed'))}
        onPointerDown={() => {
          isDown.current = true
        }}
        onFocus={() => !isDown.current && setUse('focused')}
        onClick={() => setUse('pressed')}
      />
    </div>
  )
}

function MenuButton(button: Omit<IconButtonProps, 'label' | 'children'>) {
  const { t } = useTranslation('common')
  return (
    <IconButton label={t('more')} size="s" isTooltipHidden {...button}>
      <Ellipsis size={16} aria-hidden />
    </IconButton>
  )
}

interface WorkingMenuProps extends AppMenuProps {
  /** The button that stood in its place had it. */
  readonly hasFocus: boolean
  readonly isOpenAtFirst: boolean
}

function WorkingMenu({ app, onOpen, hasFocus, isOpenAtFirst }: WorkingMenuProps) {
  const { t } = useTranslation('studio')
  const { duplicate, download, convert } = useAppActions(app)
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (hasFocus) place.current?.querySelector('button')?.focus()
  }, [hasFocus])
  const open = (kind: AppDialog['kind']) => () => onOpen({ kind, app })
  return (
    <div ref={place} className="relative z-1">
      <Menu
        trigger={<MenuButton />}
        isOpenAtFirst={isOpenAtFirst}
        groups={[
          [
            { label: t('menu.edit'), icon: <Pencil size={14} aria-hidden />, onSelect: open('edit') },
            { label: t('menu.tags'), icon: <Tag size={14} aria-hidden />, onSelect: open('tags') },
            { label: t('menu.export'), icon: <Download size={14} aria-hidden />, onSelect: download },
            { label: t('menu.duplicate'), icon: <Copy size={14} aria-hidden />, onSelect: duplicate },
            ...(app.mode === 'chat' || app.mode === 'completion'
              ? [{ label: t(`menu.convert.${app.mode}`), icon: <Workflow size={14} aria-hidden />, onSelect: convert }]
              : []),
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
  const convertedName = t(`convertedName.${app.mode === 'chat' ? 'chat' : 'completion'}`, { name: app.name })
  const convert = useMutation({
    mutationFn: () => api.apps.convert(app.id, convertedName),
    onSuccess: async () => {
      await invalidateApps(queryClient)
      toast.success(t('converted', { name: convertedName }))
    },
    onError: (error) => toast.error(t('failed'), errorText(error)),
  })
  const download = useMutation({
    mutationFn: () => api.workflows.exportApp(app.id),
    onSuccess: (text) => saveFile(`${app.name}.yml`, text),
    onError: (error) => toast.error(t('exportFailed'), errorText(error)),
  })
  return { duplicate: () => duplicate.mutate(), download: () => download.mutate(), convert: () => convert.mutate() }
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
