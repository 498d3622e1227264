import { Workflow } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../../api/ApiProvider.tsx'
import { useErrorText } from '../../../../api/useErrorText.ts'
import { EmptyState } from '../../../../design/index.ts'
import { NeedsNotice } from '../../needs/NeedsNotice.tsx'
import { RunView } from '../../RunView.tsx'
import type { RunProgress } from '../../run-progress.ts'
import { TraceLink } from '../TraceLink.tsx'
import { SpeechDialog } from './SpeechDialog.tsx'
import { TriedVersion } from './TriedVersion.tsx'
import { isDraft, type TrialProps } from './tried-workflow.ts'

export interface TrialFrameProps extends TrialProps {
  readonly run: RunProgress | null
  /** Said before the first run. */
  readonly emptyHint: string
  /** What begins a run. */
  readonly children: ReactNode
}

/** What begins a trial at the left, the run at the right. */
export function TrialFrame({ app, workflow, run, emptyHint, children }: TrialFrameProps) {
  const { t } = useTranslation('workflow')
  const api = useApi()
  const textOf = useErrorText()
  return (
    <div className="mx-auto grid max-w-280 grid-cols-[minmax(280px,360px)_minmax(0,1fr)] gap-8 px-8 py-7 max-md:grid-cols-1 max-sm:px-4 max-sm:py-5">
      <section aria-label={t('console.tryOut')}>
        <div className="flex items-start justify-between gap-3">
          <h2 className="text-2xl font-semibold tracking-tight">{t('console.tryOut')}</h2>
          <SpeechDialog app={app} workflow={workflow} />
        </div>
        {isDraft(workflow) && <p className="mt-0.5 text-ink-2">{t('console.lead')}</p>}
        <div className="mt-5 mb-4 empty:hidden">
          {isDraft(workflow) ? <NeedsNotice appId={app.id} /> : <TriedVersion app={app} version={workflow} />}
        </div>
        <div className="mt-5">{children}</div>
      </section>
      <div className="min-w-0">
        {run ? (
          <RunView
            run={run}
            onAnswer={api.workflows.answerForm}
            textOf={textOf}
            actions={run.runId !== undefined && <TraceLink app={app} runId={run.runId} />}
          />
        ) : (
          <EmptyState icon={<Workflow size={20} aria-hidden />} title={t('emptyTitle')} description={emptyHint} />
        )}
      </div>
    </div>
  )
}
