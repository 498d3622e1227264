import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyButton, Field, Notice } from '../../design/index.ts'
import { AppSwitch } from '../app/AppSwitch.tsx'
import { useApp, useDraft } from '../app/app-context.ts'
import { useSession } from '../session/useSession.ts'
import { KeysSection } from './KeysSection.tsx'
import { SamplesSection } from './SamplesSection.tsx'

export function AccessPage() {
  const { t } = useTranslation('access')
  const { canAdminister } = useSession()
  const { app } = useApp()
  const baseUrl = app.api_base_url ?? ''
  const { hasUnpublishedChanges } = useDraft()
  const [newKey, setNewKey] = useState<string | null>(null)
  return (
    <main id="content" className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-220 flex-col gap-7 px-8 py-7 max-sm:px-4 max-sm:py-5">
        <header>
          <h2 className="text-2xl font-semibold tracking-tight">{t('title')}</h2>
          <p className="mt-0.5 text-ink-2">{t('lead')}</p>
        </header>
        {hasUnpublishedChanges && <Notice tone="info">{t('notPublished')}</Notice>}
        <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)] gap-4 max-[900px]:grid-cols-1">
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
        </div>
        <KeysSection onCreated={setNewKey} />
        <SamplesSection apiKey={newKey} />
      </div>
    </main>
  )
}
