import { z } from 'zod'
import { jsonObject, modelType, orNull, success } from '../common/wire.ts'
import { parameterRuleSchema, providerModelSchema, providerReferenceSchema, providerWithModelsSchema } from '../entities/model-provider.ts'
import { defineRoute } from '../routes/define-route.ts'
import { administering, signedIn } from '../routes/roles.ts'
import { modelInput, providerParams, providerPath } from './provider-path.ts'

/** One of a model's keys in `load_balancing`; without an id it stands for the key in use. */
const balancingConfig = z.looseObject({
  id: z.string().nullish(),
  credential_id: z.string().nullish(),
  name: z.string().nullish(),
  credentials: jsonObject.nullish(),
  enabled: z.boolean().nullish(),
})

const models = { surface: 'console', tag: 'Models' } as const

export const consoleModelRoutes = {
  listModelsOfType: defineRoute({
    ...models,
    method: 'GET',
    path: '/workspaces/current/models/model-types/:model_type',
    summary: 'List the models of a kind that the workspace may choose',
    auth: signedIn,
    params: z.object({ model_type: modelType }),
    responses: { 200: z.object({ data: z.array(providerWithModelsSchema) }) },
  }),
  getDefaultModel: defineRoute({
    ...models,
    method: 'GET',
    path: '/workspaces/current/default-model',
    summary: 'Get the default model of a kind',
    auth: signedIn,
    query: z.object({ model_type: modelType }),
    responses: {
      200: z.object({ data: orNull(z.object({ model: z.string(), model_type: modelType, provider: providerReferenceSchema })) }),
    },
  }),
  setDefaultModels: defineRoute({
    ...models,
    method: 'POST',
    path: '/workspaces/current/default-model',
    summary: 'Set default models; entries without provider and model are passed over',
    auth: administering,
    body: z.object({
      model_settings: z.array(z.object({ model_type: modelType, provider: z.string().nullish(), model: z.string().nullish() })),
    }),
    responses: { 200: success },
    errors: ['model_currently_not_support', 'provider_not_initialize'],
  }),
  listProviderModels: defineRoute({
    ...models,
    method: 'GET',
    path: `${providerPath}/models`,
    summary: 'List the models of a provider',
    auth: signedIn,
    params: providerParams,
    responses: { 200: z.object({ data: z.array(z.object({ ...providerModelSchema.shape, provider: providerReferenceSchema })) }) },
    errors: ['not_found'],
  }),
  addProviderModel: defineRoute({
    ...models,
    method: 'POST',
    path: `${providerPath}/models`,
    summary: 'Add a model of one’s own to a provider, or choose its credentials',
    auth: administering,
    params: providerParams,
    body: z.object({
      ...modelInput,
      load_balancing: z.object({ enabled: z.boolean().nullish(), configs: z.array(balancingConfig).nullish() }).nullish(),
      config_from: z.string().nullish(),
      credential_id: z.string().nullish(),
    }),
    responses: { 200: success },
    errors: ['not_found'],
  }),
  removeProviderModel: defineRoute({
    ...models,
    method: 'DELETE',
    path: `${providerPath}/models`,
    summary: 'Remove a model of one’s own',
    auth: administering,
    params: providerParams,
    body: z.object(modelInput),
    responses: { 204: null },
    errors: ['not_found'],
  }),
  enableModel: defineRoute({
    ...models,
    method: 'PATCH',
    path: `${providerPath}/models/enable`,
    summary: 'Offer a model',
    auth: administering,
    params: providerParams,
    body: z.object(modelInput),
    responses: { 200: success },
    errors: ['not_found'],
  }),
  disableModel: defineRoute({
    ...models,
    method: 'PATCH',
    path: `${providerPath}/models/disable`,
    summary: 'Offer a model no longer',
    auth: administering,
    params: providerParams,
    body: z.object(modelInput),
    responses: { 200: success },
    errors: ['not_found'],
  }),
  getModelParameterRules: defineRoute({
    ...models,
    method: 'GET',
    path: `${providerPath}/models/parameter-rules`,
    summary: 'Get the form of a model’s parameters',
    auth: signedIn,
    params: providerParams,
    query: z.object({ model: z.string() }),
    responses: { 200: z.object({ data: z.array(parameterRuleSchema) }) },
    errors: ['not_found'],
  }),
}
