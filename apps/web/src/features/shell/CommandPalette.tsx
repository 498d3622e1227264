import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Building2, LayoutGrid, LogOut, Moon, Search, Settings, Sun } from 'lucide-react'
import { type ReactNode, useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import { AppIcon, setThemePreference, useResolvedTheme } from '../../design/index.ts'
import { useSignOut } from '../session/useSignOut.ts'
import { useWorkspaces } from '../session/useWorkspaces.ts'

interface Command {
  readonly id: string
  readonly label: string
  readonly hint?: string
  readonly icon: ReactNode
  readonly run: () => void
}

interface CommandGroup {
  readonly label: string
  readonly items: readonly Command[]
}

const SHOWN_APPS = 8

export interface CommandPaletteProps {
  /** What was typed before the palette had arrived. */
  readonly typed: string
  readonly onClose: () => void
}

export function CommandPalette({ typed, onClose }: CommandPaletteProps) {
  const { t } = useTranslation('shell')
  const [query, setQuery] = useState(typed)
  const groups = useCommands(query, onClose)
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Popup
          aria-label={t('palette.title')}
          className="popup-frame fixed top-[14vh] left-1/2 z-40 w-140 max-w-[calc(100vw-2rem)] -translate-x-1/2"
        >
          <Autocomplete.Root
            inline
            open
            items={groups}
            value={query}
            onValueChange={setQuery}
            autoHighlight="always"
            itemToStringValue={(item: Command) => item.label}
            filter={null}
          >
            <div className="flex items-center gap-2.5 border-b border-line px-4 text-ink-3">
              <Search size={16} aria-hidden />
              <Autocomplete.Input placeholder={t('jump')} className="h-12 flex-1 bg-transparent text-l text-ink outline-none" />
            </div>
            <Autocomplete.Empty className="px-4 text-ink-3 not-empty:py-6">{t('palette.empty')}</Autocomplete.Empty>
            <Autocomplete.List className="max-h-90 overflow-y-auto p-1.5 empty:hidden">
              {(group: CommandGroup) => (
                <Autocomplete.Group key={group.label} items={group.items} className="pb-1">
                  <Autocomplete.GroupLabel className="px-2.5 pt-2 pb-1 text-xs font-medium text-ink-3">
                    {group.label}
                  </Autocomplete.GroupLabel>
                  <Autocomplete.Collection>
                    {(item: Command) => (
                      <Autocomplete.Item
                        key={item.id}
                        value={item}
                        onClick={item.run}
                        className="flex h-9 cursor-default items-center gap-2.5 rounded-sm px-2.5 outline-none data-highlighted:bg-surface-2"
                      >
                        <span className="grid size-6 place-items-center text-ink-3">{item.icon}</span>
                        <span className="min-w-0 flex-1 truncate">{item.label}</span>
                        {item.hint && <span className="text-s text-ink-3">{item.hint}</span>}
                      </Autocomplete.Item>
                    )}
                  </Autocomplete.Collection>
                </Autocomplete.Group>
              )}
            </Autocomplete.List>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function useCommands(query: string, onClose: () => void): CommandGroup[] {
  const { t } = useTranslation('shell')
  const { t: tSettings } = useTranslation('settings')
  const api = useApi()
  const navigate = useNavigate()
  const { signOut } = useSignOut()
  const { others, enter } = useWorkspaces()
  const theme = useResolvedTheme()
  const name = useDeferredValue(query.trim())
  const apps = useQuery({
    queryKey: ['apps', 'palette', name],
    queryFn: () => api.apps.list({ page: 1, limit: SHOWN_APPS, name }),
    placeholderData: (previous) => previous,
  })
  const then = (run: () => unknown) => () => {
    onClose()
    run()
  }
  const settings = (['models', 'members', 'workspace', 'account', 'appearance'] as const).map((section) => ({
    id: section,
    label: tSettings(`sections.${section}`),
    hint: t('settings'),
    icon: <Settings size={15} aria-hidden />,
    run: then(() => navigate({ to: `/settings/${section}` })),
  }))
  const pages: Command[] = [
    { id: 'studio', label: t('studio'), icon: <LayoutGrid size={15} aria-hidden />, run: then(() => navigate({ to: '/apps' })) },
    ...settings,
  ]
  const actions: Command[] = [
    {
      id: 'theme',
      label: theme === 'dark' ? t('toLight') : t('toDark'),
      icon: theme === 'dark' ? <Sun size={15} aria-hidden /> : <Moon size={15} aria-hidden />,
      run: then(() => setThemePreference(theme === 'dark' ? 'light' : 'dark')),
    },
    ...others.map(({ id, name: workspace }) => ({
      id,
      label: t('workspaces.goTo', { workspace }),
      icon: <Building2 size={15} aria-hidden />,
      run: then(() => enter(id)),
    })),
    { id: 'sign-out', label: t('signOut'), icon: <LogOut size={15} aria-hidden />, run: then(signOut) },
  ]
  const found: Command[] = (apps.data?.data ?? []).map((app) => ({
    id: app.id,
    label: app.name,
    hint: t(`mode.${app.mode}`, { ns: 'common' }),
    icon: <AppIcon iconType={app.icon_type} icon={app.icon} iconUrl={app.icon_url} size="s" />,
    run: then(() => navigate({ to: '/app/$id/configuration', params: { id: app.id } })),
  }))
  const matches = (command: Command) => `${command.label} ${command.hint ?? ''}`.toLocaleLowerCase().includes(name.toLocaleLowerCase())
  return [
    { label: t('palette.apps'), items: found },
    { label: t('palette.pages'), items: pages.filter(matches) },
    { label: t('palette.actions'), items: actions.filter(matches) },
  ].filter((group) => group.items.length > 0)
}
