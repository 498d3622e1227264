import { useTranslation } from 'react-i18next'
import type { Provider } from '../../../api/types/models.ts'
import { useLocalizedText } from '../../../i18n/useLocalizedText.ts'
import type { CredentialTarget } from './credential-target.ts'

export function useCredentialsTitle(provider: Provider, target: CredentialTarget, isReplacing: boolean): string {
  const { t } = useTranslation('settings')
  const text = useLocalizedText()
  const name = text(provider.label, provider.provider)
  if (target.kind === 'model')
    return t(isReplacing ? 'models.credentials.titleEditModel' : 'models.credentials.titleAddKey', { name: target.model.model })
  if (target.kind === 'new-model') return t('models.credentials.titleModel', { provider: name })
  return t(isReplacing ? 'models.credentials.titleReplace' : 'models.credentials.titleAdd', { provider: name })
}
