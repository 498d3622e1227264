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
      await save(api, { provider: provider.provider, kind: target.kind, id: storedId(target) ?? undefined }, entered)
      return changedDefaults(before, await readDefaults(api))
    },
    onSuccess: async (changes, { model }) => {
      await queryClient.invalidateQueries({ queryKey: ['models'] })
      onSaved()
      const models = changes.map(({ type, model }) => `${model} (${t(`models.types.${type}`)})`).join(' · ')
      toast.success(
        target.kind === 'model'
          ? t('models.credentials.modelSaved', { name: model.name })
          : t('models.credentials.saved', { provider: text(provider.label) }),
        undefined,
        models === '' ? undefined : t('models.credentials.defaultsChanged', { models }),
      )
    },
  })
}

interface Place {
  readonly provider: string
  readonly kind: CredentialTarget['kind']
  readonly id: string | undefined
}

function save({ models }: ConsoleApi, { provider, kind, id }: Place, { credentials, model, keyName }: Entered): Promise<void> {
  if (kind === 'provider') return models.saveCredentials(provider, { credentials, credentialId: id, name: keyName.trim() || undefined })
  const named = { model: model.name.trim(), model_type: model.type, credentials }
  return id === undefined ? models.addModel(provider, named) : models.saveModel(provider, { ...named, credential_id: id })
}
