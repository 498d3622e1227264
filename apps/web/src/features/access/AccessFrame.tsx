import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyButton, ErrorState, Field, Skeleton } from '../../design/index.ts'
import { AppSwitch } from '../app/AppSwitch.tsx'
import { useApp } from '../app/app-context.ts'
import { useSession } from '../session/useSession.ts'
import { KeysSection } from './KeysSection.tsx'
import { LimitsSection } from './LimitsSection.tsx'
import { useAccessTexts } from './useAccessTexts.ts'

export interface AccessFrameProps {
  /** Below the heading: what callers should know first. */
  readonly notice?: ReactNode
  /** Before the keys: what else calls the app. */
  readonly callers?: ReactNode
  /** Calls to copy, with the key that was made on this page. */
  readonly samples: (newKey: string | null) => ReactNode
}

/** How programs call an app: switch, address, keys, limits, and calls to copy. */
export function AccessFrame(props: AccessFrameProps) {
  const { t } = useTranslation('common')
  const texts = useAccessTexts()
  if (texts.isError) return <ErrorState title={t('loadFailed')} message={t('reloadHint')} onRetry={() => void texts.refetch()} />
  return texts.data === undefined ? <Skeleton className="m-8 h-60" /> : <Frame {...props} />
}

function Frame({ notice, callers, samples }: AccessFrameProps) {
  const { t } = useTranslation('access')
  const { canAdminister } = useSession()
  const { id: appId, api_base_url } = useApp().app
  const baseUrl = api_base_url ?? ''
  const [newKey, setNewKey] = useState<string | null>(null)
  return (
    <main id="content" className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-220 flex-col gap-7 px-8 py-7 max-sm:px-4 max-sm:py-5">
        <header>
          <h2 className="text-2xl font-semibold tracking-tight">{t('title')}</h2>
          <p className="mt-0.5 text-ink-2">{t('lead')}</p>
        </header>
        {notice}
        <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)] gap-4 max-[900px]:grid-cols-1">
          <AppSwitch
            kind="api"
            label={t('enabled')}
            hint={canAdminister ? t('enabledHint') : t('needsAdmin')}
            failure={t('switchFailed')}
            isDisabled={!canAdminister}
          />
          <div className="rounded-md border border-line bg-surface px-5 py-3">
            <Field label={t('baseUrl')}>
              <div className="flex items-center gap-1">
                <code className="min-w-0 flex-1 truncate font-mono text-s">{baseUrl}</code>
                <CopyButton text={baseUrl} />
              </div>
            </Field>
          </div>
        </div>
        {callers}
        <KeysSection onCreated={setNewKey} />
        <LimitsSection key={appId} />
        {samples(newKey)}
      </div>
    </main>
  )
}
