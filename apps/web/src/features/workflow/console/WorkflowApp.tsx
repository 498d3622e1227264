import { useLocation } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { App } from '../../../api/types/apps.ts'
import { AppIcon, Chip, TabStrip } from '../../../design/index.ts'
import { AnnotationsPage } from '../../annotations/AnnotationsPage.tsx'
import { AppTabs } from '../../app/AppTabs.tsx'
import { AppContext } from '../../app/app-context.ts'
import { type AppPage, pagesOfApps } from '../../app/app-pages.ts'
import { LogsPage } from '../../logs/LogsPage.tsx'
import { MonitoringPage } from '../../monitoring/MonitoringPage.tsx'
import { NotFoundPage } from '../../shell/FallbackPages.tsx'
import { PageTitle } from '../../shell/PageTitle.tsx'
import { CallPage } from './CallPage.tsx'
import { RunsPage } from './RunsPage.tsx'
import { StepsPage } from './steps/StepsPage.tsx'
import { TryChatPage } from './try/TryChatPage.tsx'
import { TryPage } from './try/TryPage.tsx'
import { VersionsPage } from './versions/VersionsPage.tsx'
import { WorkflowOverview } from './WorkflowOverview.tsx'
import { WorkflowPublishMenu, WorkflowPublishState } from './WorkflowPublishing.tsx'

const pages = pagesOfApps['advanced-chat']

/** A workflow or chatflow: tried out, looked at, called, published. Its graph is edited elsewhere. */
export function WorkflowApp({ app }: { readonly app: App }) {
  const page = usePage()
  const value = useMemo(() => ({ app, draft: null }), [app])
  return (
    <AppContext value={value}>
      <PageTitle page={app.name} />
      <Header app={app} />
      {page === undefined ? <NotFoundPage /> : <PageContent key={`${app.id} ${page}`} app={app} page={page} />}
    </AppContext>
  )
}

/** The runs of a workflow are its logs; a chatflow's are conversations, with the runs behind them beside. */
function PageContent({ app, page }: { readonly app: App; readonly page: AppPage }) {
  const isChat = app.mode === 'advanced-chat'
  switch (page) {
    case 'configuration':
      return isChat ? <TryChatPage app={app} /> : <TryPage app={app} />
    case 'steps':
      return <StepsPage app={app} />
    case 'logs':
      return isChat ? <LogsPage /> : <RunsPage app={app} />
    case 'annotations':
      return isChat ? <AnnotationsPage /> : <NotFoundPage />
    case 'runs':
      return <RunsPage app={app} />
    case 'versions':
      return <VersionsPage app={app} />
    case 'monitoring':
      return <MonitoringPage />
    case 'develop':
      return <CallPage app={app} />
    case 'overview':
      return <WorkflowOverview app={app} />
  }
}

/** Undefined where the address names none of them. */
function usePage(): AppPage | undefined {
  const rest = useLocation({ select: ({ pathname }) => pathname.split('/').slice(3).join('/') })
  if (rest === '') return 'configuration'
  return pages.find((page) => page === rest.replace(/\/$/u, ''))
}

function Header({ app }: { readonly app: App }) {
  const { t } = useTranslation('workflow')
  const at = useLocation({ select: (location) => location.pathname })
  return (
    <header className="grid min-h-12 shrink-0 grid-cols-[minmax(0,1fr)_auto_auto] items-center gap-x-3 border-b border-line bg-surface px-4 max-[1280px]:grid-cols-[minmax(0,1fr)_auto] max-[1280px]:gap-y-1.5 max-[1280px]:pt-2 max-[1280px]:pb-1.5 min-[1680px]:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)]">
      <div className="flex min-w-0 items-center gap-2.5">
        <AppIcon iconType={app.icon_type} icon={app.icon} iconUrl={app.icon_url} size="s" />
        <h1 className="min-w-12 truncate text-l font-semibold" title={app.name}>
          {app.name}
        </h1>
        <Chip className="max-[1440px]:hidden min-[700px]:max-[1280px]:inline-flex">{t(`mode.${app.mode}`, { ns: 'common' })}</Chip>
        <WorkflowPublishState app={app} />
      </div>
      <TabStrip
        at={at}
        aria-label={t('console.navigation')}
        className="flex gap-0.5 max-[1280px]:order-last max-[1280px]:col-span-2 max-[1280px]:-mx-2.5 max-[1280px]:overflow-x-auto max-[1280px]:px-0.5 max-[1280px]:py-0.5"
      >
        <AppTabs app={app} />
      </TabStrip>
      <div className="flex items-center justify-end gap-2">
        <WorkflowPublishMenu app={app} />
      </div>
    </header>
  )
}
