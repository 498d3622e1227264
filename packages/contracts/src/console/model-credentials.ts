import { z } from 'zod'
import { jsonObject, modelType, orNull, success } from '../common/wire.ts'
import { modelProviderSchema } from '../entities/model-provider.ts'
import { defineRoute } from '../routes/define-route.ts'
import { administering, signedIn } from '../routes/roles.ts'
import { modelInput, providerParams, providerPath } from './provider-path.ts'

/** Values by the variable of the provider's form. A masked secret means "as it was". */
const credentials = jsonObject
const credentialName = z.string().trim().max(64, 'A name takes at most 64 characters.').nullish()
const credentialId = z.string().min(1)
const validation = z.object({ result: z.enum(['success', 'error']), error: orNull(z.string()) })

const ofProvider = { surface: 'console', tag: 'Models', auth: administering, params: providerParams, errors: ['not_found'] } as const

export const consoleModelProviderRoutes = {
  listModelProviders: defineRoute({
    surface: 'console',
    tag: 'Models',
    method: 'GET',
    path: '/workspaces/current/model-providers',
    summary: 'List the model providers',
    auth: signedIn,
    query: z.object({ model_type: z.union([z.literal(''), modelType]).optional() }),
    responses: { 200: z.object({ data: z.array(modelProviderSchema) }) },
  }),
  getProviderIcon: defineRoute({
    surface: 'console',
    tag: 'Models',
    method: 'GET',
    path: '/workspaces/:tenant_id/model-providers/*provider/:icon_type/:lang',
    summary: 'Get the icon of a provider',
    auth: { type: 'public' },
    params: z.object({
      tenant_id: z.string(),
      provider: z.string().min(1),
      icon_type: z.enum(['icon_small', 'icon_small_dark', 'icon_large']),
      lang: z.string(),
    }),
    responses: { 200: null },
    produces: 'binary',
    errors: ['not_found'],
  }),
  choosePreferredProviderType: defineRoute({
    ...ofProvider,
    method: 'POST',
    path: `${providerPath}/preferred-provider-type`,
    summary: 'Choose whose credentials a provider uses',
    body: z.object({ preferred_provider_type: z.enum(['system', 'custom']) }),
    responses: { 200: success },
  }),
  getProviderCredentials: defineRoute({
    ...ofProvider,
    method: 'GET',
    path: `${providerPath}/credentials`,
    summary: 'Get credentials of a provider, secrets masked',
    query: z.object({ credential_id: z.string().optional() }),
    responses: { 200: z.object({ credentials: orNull(jsonObject) }) },
  }),
  createProviderCredentials: defineRoute({
    ...ofProvider,
    method: 'POST',
    path: `${providerPath}/credentials`,
    summary: 'Check credentials with the provider, then keep them',
    body: z.object({ credentials, name: credentialName }),
    responses: { 201: success },
  }),
  updateProviderCredentials: defineRoute({
    ...ofProvider,
    method: 'PUT',
    path: `${providerPath}/credentials`,
    summary: 'Check changed credentials with the provider, then keep them',
    body: z.object({ credential_id: credentialId, credentials, name: credentialName }),
    responses: { 200: success },
  }),
  deleteProviderCredentials: defineRoute({
    ...ofProvider,
    method: 'DELETE',
    path: `${providerPath}/credentials`,
    summary: 'Forget credentials',
    body: z.object({ credential_id: credentialId }),
    responses: { 204: null },
  }),
  switchProviderCredentials: defineRoute({
    ...ofProvider,
    method: 'POST',
    path: `${providerPath}/credentials/switch`,
    summary: 'Use other credentials',
    body: z.object({ credential_id: credentialId }),
    responses: { 200: success },
  }),
  shareLoadOfProviderCredentials: defineRoute({
    ...ofProvider,
    method: 'POST',
    path: `${providerPath}/credentials/load-balancing`,
    summary: 'Let credentials share the calls with those in use, or no longer',
    body: z.object({ credential_id: credentialId, enabled: z.boolean() }),
    responses: { 200: success },
  }),
  validateProviderCredentials: defineRoute({
    ...ofProvider,
    method: 'POST',
    path: `${providerPath}/credentials/validate`,
    summary: 'Check credentials with the provider without keeping them',
    body: z.object({ credentials }),
    responses: { 200: validation },
  }),
}

export const consoleModelCredentialRoutes = {
  getModelCredentials: defineRoute({
    ...ofProvider,
    method: 'GET',
    path: `${providerPath}/models/credentials`,
    summary: 'Get credentials of one model, secrets masked',
    query: z.object({ ...modelInput, config_from: z.string().optional(), credential_id: z.string().optional() }),
    responses: {
      200: z.object({
        credentials: orNull(jsonObject),
        current_credential_id: orNull(z.string()),
        current_credential_name: orNull(z.string()),
        load_balancing: z.object({ enabled: z.boolean(), configs: z.array(jsonObject) }).default({ enabled: false, configs: [] }),
        available_credentials: z.array(z.object({ credential_id: z.string(), credential_name: z.string() })).default([]),
      }),
    },
  }),
  createModelCredentials: defineRoute({
    ...ofProvider,
    method: 'POST',
    path: `${providerPath}/models/credentials`,
    summary: 'Check credentials of one model, then keep them; the first ones add the model',
    body: z.object({ ...modelInput, credentials, name: credentialName }),
    responses: {
      201: success.extend({
        /** Ours: whether the model came with these credentials, or had some before. */
        is_new_model: z.boolean(),
      }),
    },
  }),
  updateModelCredentials: defineRoute({
    ...ofProvider,
    method: 'PUT',
    path: `${providerPath}/models/credentials`,
    summary: 'Check changed credentials of one model, then keep them',
    body: z.object({ ...modelInput, credential_id: credentialId, credentials, name: credentialName }),
    responses: { 200: success },
  }),
  deleteModelCredentials: defineRoute({
    ...ofProvider,
    method: 'DELETE',
    path: `${providerPath}/models/credentials`,
    summary: 'Forget credentials of one model; it goes with the last ones',
    body: z.object({ ...modelInput, credential_id: credentialId }),
    responses: { 204: null },
  }),
  switchModelCredentials: defineRoute({
    ...ofProvider,
    method: 'POST',
    path: `${providerPath}/models/credentials/switch`,
    summary: 'Use other credentials for one model',
    body: z.object({ ...modelInput, credential_id: credentialId }),
    responses: { 200: success },
  }),
  shareLoadOfModelCredentials: defineRoute({
    ...ofProvider,
    method: 'POST',
    path: `${providerPath}/models/credentials/load-balancing`,
    summary: 'Let credentials share the calls of one model with those in use, or no longer',
    body: z.object({ ...modelInput, credential_id: credentialId, enabled: z.boolean() }),
    responses: { 200: success },
  }),
  validateBalancedCredentials: defineRoute({
    ...ofProvider,
    method: 'POST',
    path: `${providerPath}/models/load-balancing-configs/credentials-validate`,
    summary: 'Check credentials that are to share the calls of one model',
    body: z.object({ ...modelInput, credentials }),
    responses: { 200: validation },
  }),
  validateBalancedCredentialsAgain: defineRoute({
    ...ofProvider,
    method: 'POST',
    path: `${providerPath}/models/load-balancing-configs/:config_id/credentials-validate`,
    summary: 'Check changed credentials that share the calls of one model; masked secrets stand for theirs',
    params: providerParams.extend({ config_id: z.string().min(1) }),
    body: z.object({ ...modelInput, credentials }),
    responses: { 200: validation },
  }),
  validateModelCredentials: defineRoute({
    ...ofProvider,
    method: 'POST',
    path: `${providerPath}/models/credentials/validate`,
    summary: 'Check credentials of one model without keeping them',
    body: z.object({ ...modelInput, credentials }),
    responses: { 200: validation },
  }),
}
