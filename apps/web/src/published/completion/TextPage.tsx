import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { AppIcon, Tabs } from '../../design/index.ts'
import { isTurnOpen } from '../../features/chat/turn.ts'
import { Announcement } from '../Announcement.tsx'
import { backOff } from '../api/follow-message.ts'
import { BatchOutput } from '../batch/BatchOutput.tsx'
import { type RunWay, RunWays } from '../batch/RunWays.tsx'
import { textRunner } from '../batch/row-runners.ts'
import { useBatch } from '../batch/useBatch.ts'
import { ConnectionBanner } from '../ConnectionBanner.tsx'
import { readInputForm } from '../input-form.ts'
import { PageFooter } from '../PageFooter.tsx'
import { PageMenu } from '../PageMenu.tsx'
import { usePublishedApp } from '../published-app.ts'
import { useRightPage } from '../useRightPage.ts'
import { useShowBelow } from '../useShowBelow.ts'
import { useStopKey } from '../useStopKey.ts'
import { Results } from './Results.tsx'
import { SavedTexts } from './SavedTexts.tsx'
import { TextForm } from './TextForm.tsx'
import { createTextStore } from './text-store.ts'

type View = 'results' | 'saved'

/** A form at the left, what was made from it at the right; one below the other on phones. */
export function TextPage() {
  const { t } = useTranslation('published')
  const { site, parameters } = usePublishedApp()
  const { store, state } = useTextStore()
  const [view, setView] = useState<View>('results')
  const isWriting = state.results.some(isTurnOpen)
  const [way, setWay] = useState<RunWay>('once')
  const batch = useBatch(textRunner)
  const variables = useMemo(() => readInputForm(parameters), [parameters])
  const output = useShowBelow<HTMLElement>()
  useRightPage(state.saved.error)
  useStopKey(isWriting, store.stop)
  const run = (inputs: Record<string, unknown>) => {
    setView('results')
    store.run(inputs)
    output.show()
  }
  const count = state.saved.items.length
  const tabs = [
    { value: 'results', label: t('text.results') },
    { value: 'saved', label: count > 0 ? t('text.savedCount', { count: state.saved.hasMore ? `${count}+` : count }) : t('text.saved') },
  ] as const
  return (
    <div className="flex h-(--page-height,100dvh) flex-col overflow-hidden max-md:h-auto max-md:min-h-dvh max-md:overflow-visible">
      <ConnectionBanner />
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(320px,400px)_minmax(0,1fr)] max-md:grid-cols-1 max-md:grid-rows-[auto_1fr]">
        <aside className="flex min-h-0 flex-col overflow-y-auto border-r border-line bg-surface-2 max-md:border-r-0 max-md:border-b">
          <header className="flex items-start gap-2.5 px-5 pt-5 pb-4 max-md:px-4">
            <AppIcon iconType={site.icon_type} icon={site.icon} iconUrl={site.icon_url} />
            <div className="flex min-h-9 min-w-0 flex-1 flex-col justify-center">
              <h1 className="text-xl font-semibold wrap-anywhere">{site.title}</h1>
              {site.description && <p className="mt-0.5 text-ink-2 text-pretty">{site.description}</p>}
            </div>
            <div className="-mr-2 flex h-9 items-center md:hidden">
              <PageMenu />
            </div>
          </header>
          <div className="px-5 pb-5 max-md:px-4">
            <RunWays variables={variables} way={way} onWayChange={setWay} batch={batch} onRun={output.show}>
              <TextForm variables={variables} isWriting={isWriting} onRun={run} onStop={store.stop} />
            </RunWays>
          </div>
          <div className="mt-auto px-3 pt-4 pb-3 max-md:hidden">
            <PageFooter />
          </div>
        </aside>
        <main ref={output.ref} className="flex min-h-0 min-w-0 flex-col bg-surface">
          <div className="flex h-12 shrink-0 items-center gap-1 border-b border-line px-4">
            {way === 'once' && <Tabs items={tabs} value={view} onValueChange={setView} label={t('text.results')} />}
            <span className="flex-1" />
            <div className="flex max-md:hidden">
              <PageMenu />
            </div>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto">
            <div className="mx-auto w-full max-w-190 px-5 py-6 max-sm:px-4">
              {way === 'batch' && <BatchOutput batch={batch} variables={variables} />}
              {way === 'once' && view === 'results' && <Results store={store} state={state} />}
              {way === 'once' && view === 'saved' && <SavedTexts store={store} saved={state.saved} />}
            </div>
          </div>
          {site.custom_disclaimer && <p className="px-5 pb-3 text-center text-xs text-ink-3 text-pretty">{site.custom_disclaimer}</p>}
          <div className="px-2 pb-3 md:hidden">
            <PageFooter />
          </div>
        </main>
      </div>
      <Announcement turn={state.results[0]} />
    </div>
  )
}

/** The texts of this page, started once. */
function useTextStore() {
  const { api, address, tabStore, reachability } = usePublishedApp()
  const [store] = useState(() =>
    createTextStore({
      api,
      code: address.code,
      tabStore,
      onConnection: reachability.report,
      draw: (show) => requestAnimationFrame(show),
      pause: backOff,
    }),
  )
  const state = useSyncExternalStore(store.subscribe, store.read)
  useEffect(() => void store.start(), [store])
  return { store, state }
}
