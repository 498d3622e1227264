import { useQuery } from '@tanstack/react-query'
import { Outlet, useParams } from '@tanstack/react-router'
import { Shapes } from 'lucide-react'
import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import { ApiError } from '../../api/api-error.ts'
import type { App, DraftConfig } from '../../api/types/apps.ts'
import { useErrorText } from '../../api/useErrorText.ts'
import { EmptyState, ErrorState, Skeleton } from '../../design/index.ts'
import { NoSuchAppPage } from '../shell/FallbackPages.tsx'
import { PageTitle } from '../shell/PageTitle.tsx'
import { PaletteButton } from '../shell/palette/PaletteButton.tsx'
import { TopBar } from '../shell/TopBar.tsx'
import { AppHeader } from './AppHeader.tsx'
import { AppContext } from './app-context.ts'
import { createDraftRescue, tabStorage } from './draft-rescue.ts'
import { createDraftStore } from './draft-store.ts'
import { appQuery, draftQuery } from './queries.ts'

const WorkflowApp = lazy(() => import('../workflow/console/WorkflowApp.tsx').then((module) => ({ default: module.WorkflowApp })))

/** Loads an app and its draft for all its pages; the draft lives on while one moves between them. */
export function AppShell() {
  const { id } = useParams({ from: '/shell/app/$id' })
  const { t } = useTranslation('shell')
  const api = useApi()
  const errorText = useErrorText()
  const app = useQuery(appQuery(api, id))
  const isSupported = app.data?.mode === 'chat' || app.data?.mode === 'completion'
  const draft = useQuery({ ...draftQuery(api, id), enabled: isSupported })
  if (app.isError || draft.isError) {
    const error = app.error ?? draft.error
    const retry = () => void Promise.all([app.refetch(), draft.refetch()])
    return (
      <>
        <TopBar title={t('studio')}>
          <PaletteButton />
        </TopBar>
        {isAbsence(error) ? (
          <NoSuchAppPage />
        ) : (
          <ErrorState title={t('loadFailed', { ns: 'common' })} message={errorText(error)} onRetry={retry} />
        )}
      </>
    )
  }
  if (app.data?.mode === 'workflow' || app.data?.mode === 'advanced-chat') {
    return (
      <Suspense fallback={<AppSkeleton />}>
        <WorkflowApp app={app.data} />
      </Suspense>
    )
  }
  if (app.data && !isSupported) {
    return (
      <>
        <TopBar title={app.data.name}>
          <PaletteButton />
        </TopBar>
        <EmptyState icon={<Shapes size={20} aria-hidden />} title={t('app.unsupported')} description={t('app.unsupportedHint')} />
      </>
    )
  }
  if (!app.data || !draft.data) return <AppSkeleton />
  return <LoadedApp key={id} app={app.data} initialDraft={draft.data} />
}

/** The server knows no such app; it refuses an id that cannot be one before it looks. */
const isAbsence = (error: unknown): boolean => error instanceof ApiError && (error.status === 404 || error.code === 'invalid_param')

/** The pause after which a burst of edits is saved. */
const SAVE_DELAY_MS = 700

function LoadedApp({ app, initialDraft }: { readonly app: App; readonly initialDraft: DraftConfig }) {
  const api = useApi()
  const { id } = app
  // The store is made once for an open app: later answers of the draft query must not overwrite what is being typed.
  const [rescue] = useState(() => createDraftRescue(tabStorage(), id))
  const [rescued] = useState(() => rescue.take())
  const [draft] = useState(() =>
    createDraftStore({
      draft: rescued ? { ...initialDraft, hash: rescued.hash } : initialDraft,
      save: (input, options) => api.apps.saveDraft(id, input, options),
      schedule: (run) => {
        const timer = setTimeout(run, SAVE_DELAY_MS)
        return () => clearTimeout(timer)
      },
    }),
  )
  useEffect(() => {
    if (rescued) draft.update(() => rescued.config)
    return draft.subscribe(() => rescue.keep(draft.read()))
  }, [draft, rescue, rescued])
  useEffect(() => {
    // What was typed last is on its way before the page or the tab goes; failures have nowhere to be shown by then.
    const save = (keepalive: boolean) => void draft.flush({ keepalive }).catch(() => undefined)
    const onHide = () => save(true)
    window.addEventListener('pagehide', onHide)
    return () => {
      window.removeEventListener('pagehide', onHide)
      save(false)
    }
  }, [draft])
  const value = useMemo(() => ({ app, draft }), [app, draft])
  return (
    <AppContext value={value}>
      <PageTitle page={app.name} />
      <AppHeader />
      <Outlet />
    </AppContext>
  )
}

function AppSkeleton() {
  return (
    <>
      <header className="flex h-12 shrink-0 items-center gap-3 max-[1000px]:h-21.25 max-[1000px]:items-start max-[1000px]:pt-3 border-b border-line bg-surface px-4">
        <Skeleton className="size-6" />
        <Skeleton className="h-3.5 w-40" />
      </header>
      <div className="grid flex-1 grid-cols-2 gap-6 p-6 max-[1100px]:grid-cols-1">
        <div className="flex flex-col gap-4">
          <Skeleton className="h-8 w-full" />
          <Skeleton className="h-48 w-full" />
          <Skeleton className="h-24 w-full" />
        </div>
        <Skeleton className="h-full w-full max-[1100px]:hidden" />
      </div>
    </>
  )
}
