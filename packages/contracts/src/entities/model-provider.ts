import { z } from 'zod'
import { jsonObject, localizedText, modelType, orNull } from '../common/wire.ts'

const condition = z.object({ variable: z.string(), value: z.string() })

/** One row of a credential form. */
export const credentialFieldSchema = z.object({
  variable: z.string(),
  label: localizedText,
  type: z.enum(['text-input', 'secret-input', 'select', 'radio', 'switch']),
  required: z.boolean(),
  default: orNull(z.string()),
  options: orNull(z.array(z.object({ label: localizedText, value: z.string(), show_on: z.array(condition).default([]) }))),
  placeholder: orNull(localizedText),
  help: orNull(localizedText),
  max_length: orNull(z.number().int()),
  show_on: z.array(condition).default([]),
})
export type CredentialFieldWire = z.infer<typeof credentialFieldSchema>

/** One row of a model's parameter form. */
export const parameterRuleSchema = z.object({
  name: z.string(),
  use_template: orNull(z.string()),
  label: localizedText,
  type: z.enum(['float', 'int', 'string', 'boolean', 'text']),
  help: orNull(localizedText),
  required: z.boolean(),
  default: orNull(z.union([z.number(), z.string(), z.boolean()])),
  min: orNull(z.number()),
  max: orNull(z.number()),
  precision: orNull(z.number().int()),
  options: z.array(z.string()).default([]),
})
export type ParameterRuleWire = z.infer<typeof parameterRuleSchema>

export const modelStatus = z.enum(['active', 'no-configure', 'quota-exceeded', 'no-permission', 'disabled', 'credential-removed'])
const configurationMethod = z.enum(['predefined-model', 'customizable-model'])
const credentialReference = z.object({
  credential_id: z.string(),
  credential_name: z.string(),
  /** Calls go by these in turn with the ones in use. */
  shares_load: z.boolean().default(false),
  /** Set while no calls go by these, since the provider refused some. */
  resting: orNull(
    z.object({
      /** Unix seconds. */
      until: z.number().int(),
      reason: z.enum(['rate-limit', 'authorization', 'connection']),
    }),
  ),
})
const modelReference = z.object({ model: z.string(), model_type: modelType })

/** A model that a workspace may choose (service-api 4.7). */
export const providerModelSchema = z.object({
  model: z.string(),
  label: localizedText,
  model_type: modelType,
  features: orNull(z.array(z.string())),
  fetch_from: configurationMethod,
  /** `mode`, `context_size` and the like. */
  model_properties: jsonObject,
  deprecated: z.boolean().default(false),
  status: modelStatus,
  /** Ours: whether its price is known. */
  is_priced: z.boolean().default(false),
  load_balancing_enabled: z.boolean().default(false),
  has_invalid_load_balancing_configs: z.boolean().default(false),
})
export type ProviderModel = z.infer<typeof providerModelSchema>

/** The provider as a model names it. */
export const providerReferenceSchema = z.object({
  tenant_id: z.string(),
  provider: z.string(),
  label: localizedText,
  icon_small: orNull(localizedText),
  icon_small_dark: orNull(localizedText),
  supported_model_types: z.array(modelType),
})

/** The models of one kind, by provider. */
export const providerWithModelsSchema = z.object({
  tenant_id: z.string(),
  provider: z.string(),
  label: localizedText,
  icon_small: orNull(localizedText),
  icon_small_dark: orNull(localizedText),
  status: z.string().default('active'),
  models: z.array(providerModelSchema),
})
export type ProviderWithModels = z.infer<typeof providerWithModelsSchema>

const customConfigurationSchema = z.object({
  status: z.enum(['active', 'no-configure']),
  current_credential_id: orNull(z.string()),
  current_credential_name: orNull(z.string()),
  available_credentials: z.array(credentialReference).default([]),
  custom_models: z
    .array(
      z.object({
        ...modelReference.shape,
        credentials: orNull(jsonObject),
        current_credential_id: orNull(z.string()),
        current_credential_name: orNull(z.string()),
        available_model_credentials: z.array(credentialReference).default([]),
        unadded_to_model_list: z.boolean().default(false),
      }),
    )
    .default([]),
  can_added_models: z.array(modelReference).default([]),
})

const systemConfigurationSchema = z.object({
  enabled: z.boolean(),
  current_quota_type: orNull(z.string()),
  quota_configurations: z.array(jsonObject).default([]),
})

/** A provider as Settings shows it (service-api 7.3). */
export const modelProviderSchema = z.object({
  tenant_id: z.string(),
  /** `langgenius/openai/openai`. */
  provider: z.string(),
  label: localizedText,
  description: orNull(localizedText),
  icon_small: orNull(localizedText),
  icon_small_dark: orNull(localizedText),
  background: orNull(z.string()),
  help: orNull(z.object({ title: localizedText, url: localizedText })),
  supported_model_types: z.array(modelType),
  configurate_methods: z.array(configurationMethod),
  provider_credential_schema: orNull(z.object({ credential_form_schemas: z.array(credentialFieldSchema) })),
  model_credential_schema: orNull(
    z.object({
      model: z.object({ label: localizedText, placeholder: orNull(localizedText) }),
      credential_form_schemas: z.array(credentialFieldSchema),
    }),
  ),
  preferred_provider_type: z.enum(['system', 'custom']),
  custom_configuration: customConfigurationSchema,
  system_configuration: systemConfigurationSchema.default({ enabled: false, current_quota_type: null, quota_configurations: [] }),
})
export type ModelProvider = z.infer<typeof modelProviderSchema>
