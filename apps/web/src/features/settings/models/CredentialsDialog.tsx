import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ExternalLink } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import { ApiError } from '../../../api/api-error.ts'
import type { Credentials, ModelType, Provider } from '../../../api/types/models.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Button, Dialog, Notice, Select, Skeleton, TextField, useToast } from '../../../design/index.ts'
import { useLocalizedText } from '../../../i18n/useLocalizedText.ts'
import { CredentialFields } from './CredentialFields.tsx'
import { missingFields, startingValues, toCredentials } from './credential-form.ts'
import { changedDefaults, readDefaults } from './default-changes.ts'

/** `provider`: one key for its whole catalogue. `model`: one model with a form of its own. */
export type CredentialScope = 'provider' | 'model'

export interface CredentialsDialogProps {
  readonly provider: Provider
  readonly scope: CredentialScope
  readonly onClose: () => void
}

export function CredentialsDialog({ provider, scope, onClose }: CredentialsDialogProps) {
  const api = useApi()
  const isReplacing = scope === 'provider' && provider.custom_configuration.status === 'active'
  const stored = useQuery({
    queryKey: ['models', 'credentials', provider.provider],
    queryFn: () => api.models.credentials(provider.provider),
    enabled: isReplacing,
    gcTime: 0,
  })
  if (isReplacing && stored.isPending) return <LoadingDialog provider={provider} onClose={onClose} />
  // Where the stored form cannot be read, it is filled in anew.
  return <CredentialsForm provider={provider} scope={scope} stored={stored.data ?? null} onClose={onClose} />
}

function LoadingDialog({ provider, onClose }: { readonly provider: Provider; readonly onClose: () => void }) {
  const { t } = useTranslation('settings')
  const text = useLocalizedText()
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('models.credentials.titleReplace', { provider: text(provider.label) })}
    >
      <Skeleton className="mb-5 h-20" />
    </Dialog>
  )
}

interface CredentialsFormProps extends CredentialsDialogProps {
  readonly stored: Credentials | null
}

function CredentialsForm({ provider, scope, stored, onClose }: CredentialsFormProps) {
  const { t } = useTranslation('settings')
  const text = useLocalizedText()
  const name = text(provider.label, provider.provider)
  const schema = scope === 'provider' ? provider.provider_credential_schema : provider.model_credential_schema
  const fields = schema?.credential_form_schemas ?? []
  const [values, setValues] = useState<Credentials>(() => startingValues(fields, stored))
  const [model, setModel] = useState<{ name: string; type: ModelType }>({ name: '', type: provider.supported_model_types[0] ?? 'llm' })
  const [isTried, setTried] = useState(false)
  const missing = missingFields(fields, values, stored)
  const isModelMissing = scope === 'model' && model.name.trim() === ''
  const save = useSaveCredentials({ provider, scope, onSaved: onClose })
  const submit = () => {
    setTried(true)
    if (missing.length === 0 && !isModelMissing) save.mutate({ credentials: toCredentials(fields, values, stored), model })
  }
  const title = scope === 'model' ? 'titleModel' : stored ? 'titleReplace' : 'titleAdd'
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t(`models.credentials.${title}`, { provider: name })}
      description={t('models.credentials.lead')}
      onSubmit={submit}
      footer={
        <>
          <HelpLink provider={provider} />
          <span className="flex-1" />
          <Button onClick={onClose}>{t('cancel', { ns: 'common' })}</Button>
          <Button type="submit" variant="primary" isBusy={save.isPending}>
            {save.isPending
              ? t('models.credentials.checking')
              : t(scope === 'model' ? 'models.credentials.submitModel' : 'models.credentials.submit')}
          </Button>
        </>
      }
    >
      {scope === 'model' && (
        <div className="grid grid-cols-[minmax(0,1fr)_10rem] items-start gap-3">
          <TextField
            label={t('models.credentials.modelName')}
            required
            isMono
            autoFocus
            placeholder={text(provider.model_credential_schema?.model.placeholder)}
            value={model.name}
            onValueChange={(next) => setModel({ ...model, name: next })}
            error={isTried && isModelMissing ? t('models.credentials.missing') : null}
          />
          <Select
            label={t('models.credentials.modelType')}
            options={provider.supported_model_types.map((type) => ({ value: type, label: t(`models.types.${type}`) }))}
            value={model.type}
            onValueChange={(type) => setModel({ ...model, type })}
          />
        </div>
      )}
      <CredentialFields fields={fields} values={values} onChange={setValues} stored={stored} missing={isTried ? missing : []} />
      {save.error && <Refusal name={name} error={save.error} />}
    </Dialog>
  )
}

/** The provider's own words where it refused: they say what is wrong with the key. */
function Refusal({ name, error }: { readonly name: string; readonly error: Error }) {
  const { t } = useTranslation('settings')
  const errorText = useErrorText()
  const isRefusal = error instanceof ApiError && error.status === 400 && error.message !== ''
  return (
    <Notice tone="bad">
      {isRefusal ? (
        <>
          <p className="font-medium">{t('models.credentials.refused', { provider: name })}</p>
          <p className="mt-0.5 text-s">{error.message}</p>
        </>
      ) : (
        errorText(error)
      )}
    </Notice>
  )
}

function HelpLink({ provider }: { readonly provider: Provider }) {
  const text = useLocalizedText()
  if (!provider.help) return null
  return (
    <a
      href={text(provider.help.url)}
      target="_blank"
      rel="noopener noreferrer"
      className="flex items-center gap-1.5 self-center text-s text-accent hover:underline"
    >
      {text(provider.help.title)}
      <ExternalLink size={12} aria-hidden />
    </a>
  )
}

interface SaveOptions {
  readonly provider: Provider
  readonly scope: CredentialScope
  readonly onSaved: () => void
}

function useSaveCredentials({ provider, scope, onSaved }: SaveOptions) {
  const { t } = useTranslation('settings')
  const text = useLocalizedText()
  const api = useApi()
  const toast = useToast()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async ({ credentials, model }: { credentials: Credentials; model: { name: string; type: ModelType } }) => {
      const before = await readDefaults(api)
      if (scope === 'model') await api.models.addModel(provider.provider, { model: model.name.trim(), model_type: model.type, credentials })
      else
        await api.models.saveCredentials(provider.provider, {
          credentials,
          credentialId: provider.custom_configuration.current_credential_id ?? undefined,
        })
      return changedDefaults(before, await readDefaults(api))
    },
    onSuccess: async (changes) => {
      await queryClient.invalidateQueries({ queryKey: ['models'] })
      onSaved()
      const models = changes.map(({ type, model }) => `${model} (${t(`models.types.${type}`)})`).join(' · ')
      toast.success(
        t('models.credentials.saved', { provider: text(provider.label) }),
        undefined,
        models === '' ? undefined : t('models.credentials.defaultsChanged', { models }),
      )
    },
  })
}
