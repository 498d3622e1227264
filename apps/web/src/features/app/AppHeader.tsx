import { useLocation } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { AppIcon, Chip, TabStrip } from '../../design/index.ts'
import { AppTabs } from './AppTabs.tsx'
import { useApp } from './app-context.ts'
import { DraftState } from './DraftState.tsx'
import { PublishMenu } from './PublishMenu.tsx'

export function AppHeader() {
  const { t } = useTranslation('shell')
  const { app } = useApp()
  const at = useLocation({ select: (location) => location.pathname })
  return (
    // The pages stand in the middle only where the name and its state lose nothing by it.
    <header className="grid min-h-12 shrink-0 grid-cols-[minmax(0,1fr)_auto_auto] items-center gap-x-3 border-b border-line bg-surface px-4 max-[1000px]:grid-cols-[minmax(0,1fr)_auto] max-[1000px]:pt-2 max-[1000px]:pb-1.5 max-[1000px]:gap-y-1.5 min-[1600px]:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)]">
      <div className="flex min-w-0 items-center gap-2.5">
        <AppIcon iconType={app.icon_type} icon={app.icon} iconUrl={app.icon_url} size="s" />
        <h1 className="min-w-12 truncate text-l font-semibold" title={app.name}>
          {app.name}
        </h1>
        <Chip className="max-[1180px]:hidden min-[700px]:max-[1000px]:inline-flex">{t(`mode.${app.mode}`, { ns: 'common' })}</Chip>
        <DraftState />
      </div>
      <TabStrip
        at={at}
        aria-label={t('app.navigation')}
        className="flex gap-0.5 max-[1000px]:order-last max-[1000px]:col-span-2 max-[1000px]:-mx-2.5 max-[1000px]:overflow-x-auto max-[1000px]:px-0.5 max-[1000px]:py-0.5"
      >
        <AppTabs app={app} />
      </TabStrip>
      <div className="flex items-center justify-end gap-2">
        <PublishMenu />
      </div>
    </header>
  )
}
