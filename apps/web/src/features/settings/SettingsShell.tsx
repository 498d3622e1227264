import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { TabStrip } from '../../design/index.ts'
import { useSession } from '../session/useSession.ts'
import { PaletteButton } from '../shell/palette/PaletteButton.tsx'
import { TopBar } from '../shell/TopBar.tsx'
import { isShownTo, settingsGroups } from './settings-pages.ts'

const item =
  'flex h-8 shrink-0 items-center gap-2.5 rounded-sm px-2.5 font-medium whitespace-nowrap text-ink-2 hover:text-ink data-[status=active]:bg-surface-3/70 data-[status=active]:text-ink'

export function SettingsShell() {
  const { t } = useTranslation('settings')
  const session = useSession()
  const at = useLocation({ select: (location) => location.pathname })
  return (
    <>
      <TopBar title={t('title')}>
        <PaletteButton />
      </TopBar>
      <div className="flex min-h-0 flex-1 max-[860px]:flex-col">
        <TabStrip
          at={at}
          aria-label={t('navigation')}
          className="flex w-55 shrink-0 flex-col [--ground:var(--bg)] gap-5 border-r border-line px-3 py-5 max-[860px]:w-full max-[860px]:flex-row max-[860px]:gap-1 max-[860px]:overflow-x-auto max-[860px]:border-r-0 max-[860px]:border-b max-[860px]:py-1.5"
        >
          {settingsGroups.map((group) => (
            <div key={group.key} className="flex flex-col gap-0.5 max-[860px]:flex-row">
              <div className="px-2.5 pb-1 text-xs font-medium text-ink-3 max-[860px]:hidden">{t(`groups.${group.key}`)}</div>
              {group.pages
                .filter((page) => isShownTo(page, session))
                .map(({ to, key, Icon }) => (
                  <Link key={to} to={to} className={item}>
                    <Icon size={15} aria-hidden className="max-sm:hidden" />
                    {t(`sections.${key}`)}
                  </Link>
                ))}
            </div>
          ))}
        </TabStrip>
        <main id="content" className="min-h-0 min-w-0 flex-1 overflow-y-auto">
          <div className="mx-auto max-w-200 px-8 pt-7 pb-20 max-sm:px-4 max-sm:pt-5">
            <Outlet />
          </div>
        </main>
      </div>
    </>
  )
}
