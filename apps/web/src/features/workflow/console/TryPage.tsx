import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Workflow } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { App } from '../../../api/types/apps.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import type { WorkflowDraft } from '../../../api/workflows-api.ts'
import { EmptyState, ErrorState, Skeleton } from '../../../design/index.ts'
import { NeedsNotice } from '../needs/NeedsNotice.tsx'
import { RunForm } from '../RunForm.tsx'
import { RunView } from '../RunView.tsx'
import { useWorkflowRun } from '../useWorkflowRun.ts'
import { workflowDraftQuery } from './queries.ts'
import { readStartForm } from './start-form.ts'
import { TraceLink } from './TraceLink.tsx'

/** Runs the draft: its form at the left, the run at the right. */
export function TryPage({ app }: { readonly app: App }) {
  const { t } = useTranslation('workflow')
  const errorText = useErrorText()
  const draft = useQuery(workflowDraftQuery(useApi(), app.id))
  return (
    <main id="content" className="min-h-0 flex-1 overflow-y-auto">
      {draft.isError && (
        <ErrorState title={t('console.draftFailed')} message={errorText(draft.error)} onRetry={() => void draft.refetch()} />
      )}
      {draft.isPending && <Skeleton className="m-8 h-40" />}
      {draft.data && <Trial key={draft.data.hash} app={app} draft={draft.data} />}
    </main>
  )
}

function Trial({ app, draft }: { readonly app: App; readonly draft: WorkflowDraft }) {
  const { t } = useTranslation('workflow')
  const api = useApi()
  const textOf = useErrorText()
  const queryClient = useQueryClient()
  const variables = useMemo(() => readStartForm(draft.graph), [draft.graph])
  const { run, isRunning, start, stop } = useWorkflowRun({
    start: (inputs, signal) => api.workflows.runDraft(app.id, inputs, signal),
    stop: (taskId) => api.workflows.stop(app.id, taskId),
    follow: api.workflows.follow,
    textOf,
  })
  useEffect(() => {
    if (!isRunning) void queryClient.invalidateQueries({ queryKey: ['workflow-runs', app.id] })
  }, [isRunning, queryClient, app.id])
  return (
    <div className="mx-auto grid max-w-280 grid-cols-[minmax(280px,360px)_minmax(0,1fr)] gap-8 px-8 py-7 max-md:grid-cols-1 max-sm:px-4 max-sm:py-5">
      <section aria-label={t('console.tryOut')}>
        <h2 className="text-2xl font-semibold tracking-tight">{t('console.tryOut')}</h2>
        <p className="mt-0.5 mb-5 text-ink-2">{t('console.lead')}</p>
        <div className="mb-4 empty:hidden">
          <NeedsNotice appId={app.id} />
        </div>
        <RunForm variables={variables} isRunning={isRunning} onRun={start} onStop={stop} textOf={textOf} />
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
          <EmptyState icon={<Workflow size={20} aria-hidden />} title={t('emptyTitle')} description={t('emptyHint')} />
        )}
      </div>
    </div>
  )
}
