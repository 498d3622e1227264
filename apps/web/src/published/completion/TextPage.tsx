import type { FileInput } from '@trellis/contracts'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { cx, Tabs } from '../../design/index.ts'
import { Announcement } from '../../features/chat/Announcement.tsx'
import { isTurnOpen } from '../../features/chat/turn.ts'
import { backOff } from '../api/follow-message.ts'
import { BatchOutput } from '../batch/BatchOutput.tsx'
import { type RunWay, RunWays } from '../batch/RunWays.tsx'
import { textRunner } from '../batch/row-runners.ts'
import { useBatch } from '../batch/useBatch.ts'
import { ForgetfulNote } from '../ForgetfulNote.tsx'
import { FormFrame } from '../FormFrame.tsx'
import { useInputForm } from '../input-form.ts'
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
import type { TextTurn } from './text-turn.ts'

type View = 'results' | 'saved'

/** A form, and the texts that were made from it. */
export function TextPage() {
  const { t } = useTranslation('published')
  const { site } = usePublishedApp()
  const { store, state } = useTextStore()
  const [view, setView] = useState<View>('results')
  const isWriting = state.results.some(isTurnOpen)
  const [way, setWay] = useState<RunWay>('once')
  const batch = useBatch(textRunner)
  const variables = useInputForm()
  const output = useShowBelow<HTMLElement>()
  useRightPage(state.saved.error)
  useStopKey(isWriting, store.stop)
  const run = (inputs: Record<string, unknown>, files: FileInput[]) => {
    setView('results')
    store.run(inputs, files)
    output.show()
  }
  const count = state.saved.items.length
  const tabs = [
    { value: 'results', label: t('text.results') },
    { value: 'saved', label: count > 0 ? t('text.savedCount', { count: state.saved.hasMore ? `${count}+` : count }) : t('text.saved') },
  ] as const
  return (
    <>
      <FormFrame
        isMenuElsewhere
        form={
          <RunWays variables={variables} way={way} onWayChange={setWay} batch={batch} onRun={output.show}>
            <TextForm variables={variables} isWriting={isWriting} onRun={run} onStop={store.stop} />
          </RunWays>
        }
      >
        <main ref={output.ref} className="flex min-h-0 min-w-0 flex-col bg-surface">
          {/* On a phone the menu stands elsewhere, which leaves nothing of it beside a batch. */}
          <div className={cx('flex h-12 shrink-0 items-center gap-1 border-b border-line px-4', way === 'batch' && 'max-md:hidden')}>
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
          <ForgetfulNote className="px-5 pb-3" />
          {site.custom_disclaimer && <p className="px-5 pb-3 text-center text-xs text-ink-3 text-pretty">{site.custom_disclaimer}</p>}
          <div className="px-2 pb-3 md:hidden">
            <PageFooter />
          </div>
        </main>
      </FormFrame>
      <Announcement turn={lastBegun(state.results)} />
    </>
  )
}

/** Further versions stand below older texts: keys count. */
const lastBegun = (results: readonly TextTurn[]): TextTurn | undefined =>
  results.reduce<TextTurn | undefined>((last, turn) => (last && Number(last.key) > Number(turn.key) ? last : turn), undefined)

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
