import { Workflow } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../design/index.ts'
import { RunForm } from '../../features/workflow/RunForm.tsx'
import { RunView } from '../../features/workflow/RunView.tsx'
import { type RunProgress, waitsForReader } from '../../features/workflow/run-progress.ts'
import { BatchOutput } from '../batch/BatchOutput.tsx'
import { type RunWay, RunWays } from '../batch/RunWays.tsx'
import { workflowRunner } from '../batch/row-runners.ts'
import { useBatch } from '../batch/useBatch.ts'
import { FormFrame } from '../FormFrame.tsx'
import { useInputForm } from '../input-form.ts'
import { usePublishedApp } from '../published-app.ts'
import { SpeakText } from '../speech/speech-controls.tsx'
import { useShowBelow } from '../useShowBelow.ts'
import { useStopKey } from '../useStopKey.ts'
import { useVisitorErrorText } from '../useVisitorErrorText.ts'
import { spokenTextOf } from './spoken-run.ts'
import { usePageRun } from './usePageRun.ts'

/** A form, and the run with what came of it; or a batch of them. */
export function WorkflowPage() {
  const { t } = useTranslation('workflow')
  const { site, api } = usePublishedApp()
  const textOf = useVisitorErrorText()
  const variables = useInputForm()
  const { run: progress, isRunning, isStopping, start, stop } = usePageRun()
  const [way, setWay] = useState<RunWay>('once')
  const batch = useBatch(workflowRunner)
  const output = useShowBelow<HTMLElement>()
  const run = (inputs: Record<string, unknown>) => {
    start({ inputs })
    output.show()
  }
  useStopKey(isRunning && !isStopping, stop)
  return (
    <FormFrame
      form={
        <RunWays variables={variables} way={way} onWayChange={setWay} batch={batch} onRun={output.show}>
          <RunForm
            variables={variables}
            isQuiet={progress !== null && waitsForReader(progress)}
            isRunning={isRunning}
            isStopping={isStopping}
            onRun={run}
            onStop={stop}
            textOf={textOf}
          />
        </RunWays>
      }
    >
      <main ref={output.ref} className="min-h-0 min-w-0 overflow-y-auto bg-surface">
        <div className="mx-auto w-full max-w-190 px-5 py-6 max-sm:px-4">
          {way === 'batch' && <BatchOutput batch={batch} variables={variables} />}
          {way === 'once' && progress && (
            <RunView run={progress} onAnswer={api.answerForm} textOf={textOf} actions={<SpeakRun run={progress} />} />
          )}
          {way === 'once' && !progress && (
            <EmptyState icon={<Workflow size={20} aria-hidden />} title={t('emptyTitle')} description={t('emptyHint')} />
          )}
          {site.custom_disclaimer && <p className="mt-6 text-center text-xs text-ink-3 text-pretty">{site.custom_disclaimer}</p>}
        </div>
      </main>
    </FormFrame>
  )
}

function SpeakRun({ run }: { readonly run: RunProgress }) {
  const text = spokenTextOf(run)
  if (run.status !== 'succeeded' || text === '') return null
  return <SpeakText speechKey={run.runId ?? ''} what={{ text }} />
}
