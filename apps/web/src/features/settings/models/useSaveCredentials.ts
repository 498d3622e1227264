import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { ConsoleApi } from '../../../api/console-api.ts'
import type { Credentials, Provider } from '../../../api/types/models.ts'
import { useToast } from '../../../design/index.ts'
import { useLocalizedText } from '../../../i18n/useLocalizedText.ts'
import { type CredentialTarget, type NamedModel, storedId } from './credential-target.ts'
import { changedDefaults, readDefaults } from './default-changes.ts'

interface SaveOptions {
  readonly provider: Provider
  readonly target: CredentialTarget
  readonly onSaved: () => void
}

interface Entered {
  readonly credentials: Credentials
  readonly model: NamedModel
  /** Of the key; empty where it has none of its own. */
  readonly keyName: string
  /** A model that is named as if it were new is there already. */
  readonly isThere: boolean
}

/** Saves a form of credentials, and tells which default models it brought. */
export function useSaveCredentials({ provider, target, onSaved }: SaveOptions) {
  const { t } = useTranslation('settings')
  const text = useLocalizedText()
  const api = useApi()
  const toast = useToast()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async (entered: Entered) => {
      const before = await readDefaults(api)
      await save(api, { provider: provider.provider, target }, entered)
      return changedDefaults(before, await readDefaults(api))
    },
    onSuccess: async (changes, { model, isThere }) => {
      await queryClient.invalidateQueries({ queryKey: ['models'] })
      onSaved()
      const models = changes.map(({ type, model }) => `${model} (${t(`models.types.${type}`)})`).join(' · ')
      toast.success(
        isFirst(provider, target, isThere)
          ? t('models.credentials.saved', { provider: target.kind === 'provider' ? text(provider.label) : model.name.trim() })
          : t(storedId(target) === null ? 'models.credentials.keySaved' : 'models.credentials.modelSaved', {
              name: target.kind === 'provider' ? text(provider.label) : model.name,
            }),
        undefined,
        models === '' ? undefined : t('models.credentials.defaultsChanged', { models }),
      )
    },
  })
}

function save(
  { models }: ConsoleApi,
  { provider, target }: { readonly provider: string; readonly target: CredentialTarget },
  { credentials, model, keyName }: Entered,
): Promise<void> {
  const named = target.kind === 'provider' ? undefined : { model: model.name.trim(), model_type: model.type }
  const credentialId = storedId(target) ?? undefined
  return models.saveCredentials({ provider, model: named }, { credentials, credentialId, name: keyName.trim() || undefined })
}

/** What was not ready before is now; other keys come beside one that works. */
function isFirst(provider: Provider, target: CredentialTarget, isThere: boolean): boolean {
  if (target.kind === 'new-model') return !isThere
  return target.kind === 'provider' && provider.custom_configuration.available_credentials.length === 0
}
