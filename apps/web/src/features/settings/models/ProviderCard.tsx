import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Provider } from '../../../api/types/models.ts'
import { Card, Chip } from '../../../design/index.ts'
import { useLocalizedText } from '../../../i18n/useLocalizedText.ts'
import { ProviderIcon } from '../../models/ProviderIcon.tsx'
import { useSession } from '../../session/useSession.ts'
import { CredentialsDialog } from './CredentialsDialog.tsx'
import { CustomModels } from './CustomModels.tsx'
import type { CredentialTarget } from './credential-target.ts'
import { KeyList } from './KeyList.tsx'
import { keysOfProvider } from './owned-keys.ts'
import { ProviderActions } from './ProviderActions.tsx'
import { ProviderModels } from './ProviderModels.tsx'
import { isReady, needsKey, takesModels } from './provider-state.ts'

export function ProviderCard({ provider }: { readonly provider: Provider }) {
  const { t } = useTranslation('settings')
  const text = useLocalizedText()
  const { canAdminister } = useSession()
  const [target, setTarget] = useState<CredentialTarget | null>(null)
  const ready = isReady(provider)
  const owned = keysOfProvider(provider)
  const isOpen = !needsKey(provider) && !takesModels(provider)
  return (
    <Card className="flex flex-col gap-3 px-4 py-3.5">
      <div className="flex flex-wrap items-start gap-3">
        <ProviderIcon size="l" light={provider.icon_small} dark={provider.icon_small_dark} />
        <div className="min-w-0 flex-1 basis-60">
          <div className="flex items-center gap-2">
            <h3 className="truncate text-l font-semibold">{text(provider.label, provider.provider)}</h3>
            {ready && <Chip tone="ok">{t('models.ready')}</Chip>}
            {isOpen && <Chip>{t('models.noKeyNeeded')}</Chip>}
          </div>
          {provider.description && <p className="line-clamp-2 text-s text-ink-2 max-sm:line-clamp-none">{text(provider.description)}</p>}
          <div className="mt-1.5 flex flex-wrap gap-1">
            {provider.supported_model_types.map((type) => (
              <Chip key={type}>{t(`models.types.${type}`)}</Chip>
            ))}
          </div>
        </div>
        {canAdminister && !isOpen && <ProviderActions provider={provider} onOpen={setTarget} />}
      </div>
      {owned.keys.length > 1 && (
        <KeyList
          keys={owned}
          title={t('models.keys.title')}
          ownerName={text(provider.label)}
          hasLead
          onEdit={(credentialId) => setTarget({ kind: 'provider', credentialId })}
        />
      )}
      <CustomModels provider={provider} onKey={(model, credentialId) => setTarget({ kind: 'model', model, credentialId })} />
      {ready && <ProviderModels provider={provider} />}
      {target && <CredentialsDialog provider={provider} target={target} onClose={() => setTarget(null)} />}
    </Card>
  )
}
