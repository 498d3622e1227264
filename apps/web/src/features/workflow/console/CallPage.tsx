import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { App } from '../../../api/types/apps.ts'
import { CopyButton, Field } from '../../../design/index.ts'
import { KeysSection } from '../../access/KeysSection.tsx'
import { AppSwitch } from '../../app/AppSwitch.tsx'
import { useSession } from '../../session/useSession.ts'
import { CallSample } from './CallSample.tsx'
import { workflowDraftQuery } from './queries.ts'
import { TriggersSection } from './triggers/TriggersSection.tsx'

/** How programs call the workflow: switch, address, keys, and a call to copy. */
export function CallPage({ app }: { readonly app: App }) {
  const { t } = useTranslation('access')
  const { canAdminister } = useSession()
  const [newKey, setNewKey] = useState<string | null>(null)
  const baseUrl = app.api_base_url ?? ''
  return (
    <main id="content" className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-220 flex-col gap-7 px-8 py-7 max-sm:px-4 max-sm:py-5">
        <header>
          <h2 className="text-2xl font-semibold tracking-tight">{t('title')}</h2>
          <p className="mt-0.5 text-ink-2">{t('lead')}</p>
        </header>
        <AppSwitch
          kind="api"
          label={t('enabled')}
          hint={canAdminister ? t('enabledHint') : t('needsAdmin')}
          failure={t('switchFailed')}
          isDisabled={!canAdminister}
        />
        <div className="rounded-md border border-line bg-surface px-4 py-3">
          <Field label={t('baseUrl')}>
            <div className="flex items-center gap-1">
              <code className="min-w-0 flex-1 truncate font-mono text-s">{baseUrl}</code>
              <CopyButton text={baseUrl} />
            </div>
          </Field>
        </div>
        <TriggersSection app={app} />
        <KeysSection onCreated={setNewKey} />
        <Sample app={app} apiKey={newKey} />
      </div>
    </main>
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
