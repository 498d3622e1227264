import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { App } from '../../../api/types/apps.ts'
import { AccessFrame } from '../../access/AccessFrame.tsx'
import { CallSample } from './CallSample.tsx'
import { workflowDraftQuery } from './queries.ts'
import { TriggersSection } from './triggers/TriggersSection.tsx'

/** How programs call a workflow, and what starts it by itself. */
export function CallPage({ app }: { readonly app: App }) {
  return (
    <AccessFrame
      callers={app.mode === 'workflow' && <TriggersSection app={app} />}
      samples={(newKey) => <Sample app={app} apiKey={newKey} />}
    />
  )
}

function Sample({ app, apiKey }: { readonly app: App; readonly apiKey: string | null }) {
  const { t } = useTranslation('workflow')
  const draft = useQuery(workflowDraftQuery(useApi(), app.id))
  return (
    <section aria-label={t('console.sample')}>
      <h3 className="text-l font-semibold">{t('console.sample')}</h3>
      <p className="mb-3 text-ink-2">{t('console.sampleLead')}</p>
      <CallSample app={app} graph={draft.data?.graph ?? {}} apiKey={apiKey} />
    </section>
  )
}
