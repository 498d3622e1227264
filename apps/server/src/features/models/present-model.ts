import { type CredentialFieldWire, type ModelProvider, type ParameterRuleWire, type ProviderModel, surfacePrefix } from '@trellis/contracts'
import { toWireProviderId } from '@trellis/models'
import type { CatalogModel, CredentialField, LocalizedText, ParameterRule, ProviderDefinition } from '@trellis/spec'
import type { CredentialRests } from './credential-rests.ts'
import { currentOf } from './key-pools.ts'
import { maskCredentials } from './mask-secrets.ts'
import { presentKeys, toNamedKey } from './present-keys.ts'
import type { WorkspaceModel, WorkspaceModels } from './workspace-models.ts'

export interface PresentationContext {
  readonly tenantId: string
  /** Where the console API is reached from outside; empty: the address that the page itself came from. */
  readonly consoleApiUrl: string
  /** May see credentials, masked as they are: addresses among them are nobody else's to know. */
  readonly mayAdminister: boolean
}

/** Our own texts are never changed, zod's output types are not read-only. */
const text = ({ en_US, zh_Hans }: LocalizedText) => (zh_Hans === undefined ? { en_US } : { en_US, zh_Hans })
const textOrNull = (localized: LocalizedText | undefined) => (localized ? text(localized) : null)

/** What a model, a list of models and the settings alike say of a provider. */
export function presentProviderReference(provider: ProviderDefinition, { tenantId, consoleApiUrl }: PresentationContext) {
  const id = toWireProviderId(provider.id)
  const iconUrl = (type: string): LocalizedText => {
    const url = `${consoleApiUrl}${surfacePrefix.console}/workspaces/${tenantId}/model-providers/${id}/${type}/en_US`
    return { en_US: url, zh_Hans: url }
  }
  return {
    tenant_id: tenantId,
    provider: id,
    label: text(provider.label),
    icon_small: text(iconUrl('icon_small')),
    icon_small_dark: provider.iconDark === undefined ? null : text(iconUrl('icon_small_dark')),
    supported_model_types: [...provider.modelTypes],
  }
}

export function presentModel(model: WorkspaceModel): ProviderModel {
  const { entry } = model
  return {
    model: entry.model,
    label: text(entry.label),
    model_type: entry.type,
    features: [...entry.features],
    fetch_from: model.isCustom ? 'customizable-model' : 'predefined-model',
    model_properties: toProperties(entry),
    deprecated: entry.isDeprecated === true,
    status: toStatus(model),
    // Providers that take no key are free.
    is_priced: entry.pricing !== undefined || model.provider.isKeyless === true,
    load_balancing_enabled: model.pool.length > 1,
    has_invalid_load_balancing_configs: false,
  }
}

export function toStatus({ credentials, isEnabled }: WorkspaceModel): 'active' | 'no-configure' | 'disabled' {
  if (!credentials) return 'no-configure'
  return isEnabled ? 'active' : 'disabled'
}

function toProperties({ mode, contextSize, voices }: CatalogModel): Record<string, unknown> {
  const defaultVoice = voices?.[0]?.mode
  return {
    ...(mode === undefined ? {} : { mode }),
    ...(contextSize === undefined ? {} : { context_size: contextSize }),
    ...(voices === undefined ? {} : { voices }),
    ...(defaultVoice === undefined ? {} : { default_voice: defaultVoice }),
  }
}

export function presentParameterRule(rule: ParameterRule): ParameterRuleWire {
  return {
    name: rule.name,
    use_template: rule.use_template ?? null,
    label: text(rule.label),
    type: rule.type,
    help: textOrNull(rule.help),
    required: rule.required,
    default: rule.default ?? null,
    min: rule.min ?? null,
    max: rule.max ?? null,
    precision: rule.precision ?? null,
    options: [...rule.options],
  }
}

export interface ProviderSeen {
  readonly models: WorkspaceModels
  readonly rests: Pick<CredentialRests, 'findLongest'>
  readonly context: PresentationContext
}

/** A provider with all that the workspace has set up for it. Secrets are masked. */
export function presentProvider(provider: ProviderDefinition, seen: ProviderSeen): ModelProvider {
  const { context } = seen
  const { credentialFields, modelCredentialFields, configurateMethods, help } = provider
  return {
    ...presentProviderReference(provider, context),
    description: text(provider.description),
    background: null,
    help: help ? { title: text(help.title), url: text(help.url) } : null,
    configurate_methods: [...configurateMethods],
    provider_credential_schema: credentialFields.length > 0 ? { credential_form_schemas: credentialFields.map(presentField) } : null,
    model_credential_schema: configurateMethods.includes('customizable-model')
      ? { model: modelNameField, credential_form_schemas: modelCredentialFields.map(presentField) }
      : null,
    preferred_provider_type: 'custom',
    custom_configuration: presentConfiguration(provider, seen),
    system_configuration: { enabled: false, current_quota_type: null, quota_configurations: [] },
  }
}

const modelNameField = {
  label: { en_US: 'Model name', zh_Hans: '模型名称' },
  placeholder: { en_US: 'As the provider calls it', zh_Hans: '与供应商处的名称一致' },
}

const presentField = (field: CredentialField): CredentialFieldWire => ({
  variable: field.variable,
  label: text(field.label),
  type: field.type,
  required: field.required,
  default: field.default ?? null,
  options:
    field.options?.map(({ label, value, show_on }) => ({
      label: text(label),
      value,
      show_on: show_on.map((condition) => ({ ...condition })),
    })) ?? null,
  placeholder: textOrNull(field.placeholder),
  help: textOrNull(field.help),
  max_length: field.max_length ?? null,
  show_on: field.show_on.map((condition) => ({ ...condition })),
})

function presentConfiguration(
  provider: ProviderDefinition,
  { models, rests, context: { mayAdminister } }: ProviderSeen,
): ModelProvider['custom_configuration'] {
  const sets = models.credentialSets.filter((row) => row.provider === provider.id)
  const current = currentOf(sets)
  const custom = models.customModels.filter((model) => model.current.provider === provider.id)
  const isUsable = models.credentialsOf(provider.id) !== undefined || custom.some(({ pool }) => pool.length > 0)
  return {
    status: isUsable ? 'active' : 'no-configure',
    current_credential_id: current?.id ?? null,
    current_credential_name: current?.name ?? null,
    available_credentials: presentKeys(sets, rests),
    custom_models: custom.map(({ keys, current, credentials }) => ({
      model: current.model,
      model_type: current.model_type,
      credentials: credentials && mayAdminister ? { ...maskCredentials(provider.modelCredentialFields, credentials) } : null,
      current_credential_id: current.id,
      current_credential_name: current.credential_name,
      available_model_credentials: presentKeys(keys.map(toNamedKey), rests),
      unadded_to_model_list: false,
    })),
    can_added_models: [],
  }
}
