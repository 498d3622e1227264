import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { App } from '../../../../api/types/apps.ts'
import { useErrorText } from '../../../../api/useErrorText.ts'
import { ErrorState, Skeleton } from '../../../../design/index.ts'
import { readDraftTriggers } from '../triggers/draft-triggers.ts'
import { TriggerTrial } from '../triggers/TriggerTrial.tsx'
import { FormTrial } from './FormTrial.tsx'
import { isDraft, type TrialProps, useTriedWorkflow } from './tried-workflow.ts'

/** Runs the draft of a workflow, or the version that the address names. */
export function TryPage({ app }: { readonly app: App }) {
  const { t } = useTranslation('workflow')
  const errorText = useErrorText()
  const tried = useTriedWorkflow(app.id)
  return (
    <main id="content" className="min-h-0 flex-1 overflow-y-auto">
      {tried.isError && (
        <ErrorState title={t('console.draftFailed')} message={errorText(tried.error)} onRetry={() => void tried.refetch()} />
      )}
      {tried.isPending && <Skeleton className="m-8 h-40" />}
      {tried.data && <Trial key={`${tried.data.id} ${tried.data.hash}`} app={app} workflow={tried.data} />}
    </main>
  )
}

/** Events begin trials of drafts only: whoever calls a webhook runs what is published. */
function Trial({ app, workflow }: TrialProps) {
  const triggers = useMemo(() => (isDraft(workflow) ? readDraftTriggers(workflow.graph) : []), [workflow])
  return triggers.length > 0 ? (
    <TriggerTrial app={app} workflow={workflow} triggers={triggers} />
  ) : (
    <FormTrial app={app} workflow={workflow} />
  )
}
