import { Workflow } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AppIcon, EmptyState } from '../../design/index.ts'
import { RunForm } from '../../features/workflow/RunForm.tsx'
import { RunView } from '../../features/workflow/RunView.tsx'
import { useWorkflowRun } from '../../features/workflow/useWorkflowRun.ts'
import { BatchOutput } from '../batch/BatchOutput.tsx'
import { type RunWay, RunWays } from '../batch/RunWays.tsx'
import { workflowRunner } from '../batch/row-runners.ts'
import { useBatch } from '../batch/useBatch.ts'
import { ConnectionBanner } from '../ConnectionBanner.tsx'
import { readInputForm } from '../input-form.ts'
import { PageFooter } from '../PageFooter.tsx'
import { PageMenu } from '../PageMenu.tsx'
import { usePublishedApp } from '../published-app.ts'
import { useShowBelow } from '../useShowBelow.ts'
import { useStopKey } from '../useStopKey.ts'
import { useVisitorErrorText } from '../useVisitorErrorText.ts'

/** A form at the left, the run and what came of it at the right; one below the other on phones. */
export function WorkflowPage() {
  const { t } = useTranslation('workflow')
  const { site, api, parameters } = usePublishedApp()
  const textOf = useVisitorErrorText()
  const variables = useMemo(() => readInputForm(parameters), [parameters])
  const {
    run: progress,
    isRunning,
    start,
    stop,
  } = useWorkflowRun({
    start: api.runWorkflow,
    stop: api.stopWorkflow,
    follow: api.followWorkflow,
    textOf,
  })
  const [way, setWay] = useState<RunWay>('once')
  const batch = useBatch(workflowRunner)
  const output = useShowBelow<HTMLElement>()
  const run = (inputs: Record<string, unknown>) => {
    start(inputs)
    output.show()
  }
  useStopKey(isRunning, stop)
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
            <div className="-mr-2 flex h-9 items-center">
              <PageMenu />
            </div>
          </header>
          <div className="px-5 pb-5 max-md:px-4">
            <RunWays variables={variables} way={way} onWayChange={setWay} batch={batch} onRun={output.show}>
              <RunForm variables={variables} isRunning={isRunning} onRun={run} onStop={stop} textOf={textOf} />
            </RunWays>
          </div>
          <div className="mt-auto px-3 pt-4 pb-3 max-md:hidden">
            <PageFooter />
          </div>
        </aside>
        <main ref={output.ref} className="min-h-0 min-w-0 overflow-y-auto bg-surface">
          <div className="mx-auto w-full max-w-190 px-5 py-6 max-sm:px-4">
            {way === 'batch' && <BatchOutput batch={batch} variables={variables} />}
            {way === 'once' && progress && <RunView run={progress} onAnswer={api.answerForm} textOf={textOf} />}
            {way === 'once' && !progress && (
              <EmptyState icon={<Workflow size={20} aria-hidden />} title={t('emptyTitle')} description={t('emptyHint')} />
            )}
            {site.custom_disclaimer && <p className="mt-6 text-center text-xs text-ink-3 text-pretty">{site.custom_disclaimer}</p>}
          </div>
        </main>
      </div>
    </div>
  )
}
