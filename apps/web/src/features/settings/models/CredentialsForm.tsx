import { ExternalLink } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../../../api/api-error.ts'
import type { Credentials, Provider } from '../../../api/types/models.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Button, Dialog, Notice, Select, TextField } from '../../../design/index.ts'
import { refusalReason } from '../../../i18n/refusal-text.ts'
import { useLocalizedText } from '../../../i18n/useLocalizedText.ts'
import { CredentialFields } from './CredentialFields.tsx'
import { missingFields, startingValues, toCredentials, visibleFields } from './credential-form.ts'
import {
  type CredentialTarget,
  fieldsFor,
  hasKeyName,
  type NamedModel,
  sameModel,
  startingKeyName,
  startingModel,
  withContext,
} from './credential-target.ts'
import { KEY_NAME, useFaults } from './useFaults.ts'
import { useSaveCredentials } from './useSaveCredentials.ts'

/** No field of the provider's. */
const MODEL_NAME = 'model'

export interface CredentialsFormProps {
  readonly provider: Provider
  readonly target: CredentialTarget
  /** What the fields begin with; secrets never do. */
  readonly starting: Credentials | null
  /** What is changed, secrets masked; null where it is new. */
  readonly stored: Credentials | null
  readonly title: string
  readonly onClose: () => void
}

export function CredentialsForm({ provider, target, starting, stored, title, onClose }: CredentialsFormProps) {
  const { t } = useTranslation('settings')
  const text = useLocalizedText()
  const fields = fieldsFor(provider, target)
  const [typed, setTyped] = useState<Credentials>(() => startingValues(fields, starting))
  const [model, setModel] = useState(() => startingModel(provider, target))
  const [keyName, setKeyName] = useState(() => startingKeyName(provider, target))
  const [tries, setTries] = useState(0)
  const values = withContext(typed, target, model)
  const missing = missingFields(fields, values, stored)
  const isThere = target.kind === 'new-model' && sameModel(provider, model) !== undefined
  const isModelMissing = target.kind === 'new-model' && model.name.trim() === ''
  const save = useSaveCredentials({ provider, target, onSaved: onClose })
  const submit = () => {
    setTries(tries + 1)
    if (missing.length === 0 && !isModelMissing)
      save.mutate({ credentials: toCredentials(fields, values, stored), model, keyName, isThere })
  }
  const { box, faultOf, general } = useFaults({
    tries,
    missing: isModelMissing ? [MODEL_NAME, ...missing] : missing,
    error: save.error,
    shown: [KEY_NAME, ...visibleFields(fields, values).map((field) => field.variable)],
    sent: { ...save.variables?.credentials, [KEY_NAME]: save.variables?.keyName ?? '' },
    now: { ...toCredentials(fields, values, stored), [KEY_NAME]: keyName },
  })
  const isAdded = target.kind === 'new-model' || (target.kind === 'model' && target.credentialId === null)
  const action = t(isAdded ? 'models.credentials.submitModel' : 'models.credentials.submit')
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={title}
      description={t(target.kind === 'model' && hasKeyName(provider, target) ? 'models.credentials.leadKey' : 'models.credentials.lead')}
      onSubmit={submit}
      footer={
        <>
          <HelpLink provider={provider} />
          <span className="flex-1" />
          <Button onClick={onClose}>{t('cancel', { ns: 'common' })}</Button>
          <Button type="submit" variant="primary" isBusy={save.isPending}>
            {save.isPending ? t('models.credentials.checking') : action}
          </Button>
        </>
      }
    >
      <div ref={box} className="contents">
        {target.kind !== 'provider' && (
          <ModelFields
            provider={provider}
            model={model}
            onChange={setModel}
            isFixed={target.kind === 'model'}
            error={faultOf(MODEL_NAME)}
            hint={isThere ? t('models.credentials.alreadyThere') : undefined}
          />
        )}
        {(isThere || hasKeyName(provider, target)) && (
          <TextField
            label={t('models.keys.name')}
            placeholder={t('models.keys.namePlaceholder')}
            maxLength={64}
            value={keyName}
            onValueChange={setKeyName}
            error={faultOf(KEY_NAME)}
          />
        )}
        <CredentialFields fields={fields} values={values} onChange={setTyped} stored={stored} faultOf={faultOf} />
      </div>
      {general && <Refusal name={text(provider.label, provider.provider)} error={general} />}
    </Dialog>
  )
}

interface ModelFieldsProps {
  readonly provider: Provider
  readonly model: NamedModel
  readonly onChange: (model: NamedModel) => void
  /** Apps name a model by these two: an added one keeps them. */
  readonly isFixed: boolean
  readonly error: string | null
  readonly hint: string | undefined
}

function ModelFields({ provider, model, onChange, isFixed, error, hint }: ModelFieldsProps) {
  const { t } = useTranslation('settings')
  const text = useLocalizedText()
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_10rem] items-start gap-3 max-sm:grid-cols-1 max-sm:gap-y-4">
      <TextField
        label={t('models.credentials.modelName')}
        required={!isFixed}
        disabled={isFixed}
        isMono
        autoFocus={!isFixed}
        placeholder={text(provider.model_credential_schema?.model.placeholder)}
        value={model.name}
        onValueChange={(name) => onChange({ ...model, name })}
        error={error}
        hint={hint}
      />
      <Select
        label={t('models.credentials.modelType')}
        disabled={isFixed}
        options={provider.supported_model_types.map((type) => ({ value: type, label: t(`models.types.${type}`) }))}
        value={model.type}
        onValueChange={(type) => onChange({ ...model, type })}
      />
    </div>
  )
}

/** The form may be long: whoever pressed the button below it sees why nothing was added. */
const bringIntoView = (box: HTMLElement | null) => box?.scrollIntoView({ block: 'nearest' })

/** What the server itself refuses is no word of the provider's. */
const isOfProvider = ({ details, param }: ApiError): boolean =>
  param === 'credentials' || refusalReason(details)?.startsWith('provider_') === true

/** What the provider said of it is in the text: it tells what is wrong with the key. */
function Refusal({ name, error }: { readonly name: string; readonly error: Error }) {
  const { t } = useTranslation('settings')
  const errorText = useErrorText()
  const isRefusal = error instanceof ApiError && isOfProvider(error)
  return (
    <Notice ref={bringIntoView} tone="bad">
      {isRefusal && <p className="mb-0.5 font-medium">{t('models.credentials.refused', { provider: name })}</p>}
      <p className={isRefusal ? 'text-s' : undefined}>{errorText(error)}</p>
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
