import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { Columns2, Keyboard, LayoutGrid, LogOut, Search, Settings, UserRound } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar, Logo, Menu, Tooltip, useKeepToastsAbove } from '../../design/index.ts'
import { ThemeButton } from '../session/ThemeButton.tsx'
import { useSession } from '../session/useSession.ts'
import { useSignOut } from '../session/useSignOut.ts'
import { BudgetBanner } from './BudgetBanner.tsx'
import { ConnectionBanner } from './ConnectionBanner.tsx'
import { PaletteProvider } from './palette/PaletteProvider.tsx'
import { paletteKeys, usePaletteControl } from './palette/palette-context.ts'

const railItem =
  'grid size-9 place-items-center rounded-sm text-ink-3 hover:bg-surface-2 hover:text-ink aria-[current=page]:bg-surface-2 aria-[current=page]:text-ink'

/** The rail at the left, on phones at the bottom, and the page beside it. Only what exists stands on the rail. */
export function ConsoleShell() {
  return (
    <PaletteProvider>
      <Shell />
    </PaletteProvider>
  )
}

function Shell() {
  const { t } = useTranslation('shell')
  const { workspace, canEdit } = useSession()
  const path = useLocation({ select: (location) => location.pathname })
  useKeepToastsAbove('bar')
  return (
    <div className="grid h-dvh grid-cols-[52px_minmax(0,1fr)] max-sm:grid-cols-[minmax(0,1fr)] max-sm:grid-rows-[minmax(0,1fr)_auto]">
      <a
        href="#content"
        className="sr-only z-60 rounded-sm bg-surface px-3 py-1.5 font-medium shadow-high focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
      >
        {t('skip')}
      </a>
      <nav
        aria-label={t('navigation')}
        className="flex flex-col items-center gap-1 border-r border-line bg-surface py-2.5 max-sm:order-last max-sm:flex-row max-sm:border-t max-sm:border-r-0 max-sm:px-3 max-sm:py-1.5"
      >
        <Link
          to="/apps"
          aria-label="Trellis"
          className="mb-2.5 grid size-9 place-items-center rounded-sm text-accent max-sm:mr-1 max-sm:mb-0"
        >
          <Logo />
        </Link>
        <RailLink to="/apps" label={t('studio')} isActive={path.startsWith('/app')}>
          <LayoutGrid size={18} strokeWidth={1.6} aria-hidden />
        </RailLink>
        {canEdit && (
          <RailLink to="/playground" label={t('playground')} isActive={path.startsWith('/playground')}>
            <Columns2 size={18} strokeWidth={1.6} aria-hidden />
          </RailLink>
        )}
        <span className="flex-1" />
        <PaletteRailButton />
        <ThemeButton size="l" />
        <RailLink to="/settings" label={t('settings')} isActive={path.startsWith('/settings')}>
          <Settings size={18} strokeWidth={1.6} aria-hidden />
        </RailLink>
        <AccountMenu />
      </nav>
      <div className="flex min-h-0 min-w-0 flex-col">
        <ConnectionBanner />
        {canEdit && <BudgetBanner key={`budgets-${workspace.id}`} />}
        <Outlet key={workspace.id} />
      </div>
    </div>
  )
}

interface RailLinkProps {
  readonly to: '/apps' | '/playground' | '/settings'
  readonly label: string
  readonly isActive: boolean
  readonly children: ReactNode
}

function RailLink({ to, label, isActive, children }: RailLinkProps) {
  return (
    <Tooltip content={label} side="right">
      <Link to={to} aria-label={label} aria-current={isActive ? 'page' : undefined} className={railItem}>
        {children}
      </Link>
    </Tooltip>
  )
}

function PaletteRailButton() {
  const { t } = useTranslation('shell')
  const { openPalette } = usePaletteControl()
  return (
    <Tooltip content={`${t('palette.title')} · ${paletteKeys()}`} side="right">
      <button type="button" aria-label={t('palette.title')} onClick={openPalette} className={railItem}>
        <Search size={18} strokeWidth={1.6} aria-hidden />
      </button>
    </Tooltip>
  )
}

function AccountMenu() {
  const { t } = useTranslation('shell')
  const { openShortcuts } = usePaletteControl()
  const { account, workspace } = useSession()
  const { signOut, openAccount } = useSignOut()
  return (
    <Menu
      side="right"
      align="end"
      trigger={
        <button type="button" aria-label={t('account')} className="grid size-9 place-items-center rounded-sm hover:bg-surface-2">
          <Avatar name={account.name} url={account.avatar_url} />
        </button>
      }
      header={
        <div className="max-w-60">
          <div className="truncate font-semibold">{account.name}</div>
          <div className="truncate text-s text-ink-3">{account.email}</div>
          <div className="truncate text-s text-ink-3">{workspace.name}</div>
        </div>
      }
      groups={[
        [
          { label: t('account'), icon: <UserRound size={15} aria-hidden />, onSelect: openAccount },
          { label: t('shortcuts.title'), icon: <Keyboard size={15} aria-hidden />, onSelect: openShortcuts },
        ],
        [{ label: t('signOut'), icon: <LogOut size={15} aria-hidden />, onSelect: signOut }],
      ]}
    />
  )
}
