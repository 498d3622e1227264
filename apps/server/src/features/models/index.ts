import type { Db } from '@trellis/db'
import { toWireProviderId } from '@trellis/models'
import type { Clock, Egress, LiveEvents, Logger } from '@trellis/spec'
import type { Mount } from '../../http/mount.ts'
import type { WorkspaceSecrets } from '../secrets/index.ts'
import { createCheckWithProvider } from './check-with-provider.ts'
import { createCredentialRests } from './credential-rests.ts'
import { createCredentialService } from './credentials.service.ts'
import { createCustomModelService } from './custom-models.service.ts'
import { createModelGateway } from './gateway.ts'
import type { ModelGateway } from './gateway-types.ts'
import type { ModelCallSeen } from './metered-call.ts'
import { createModelChoiceService } from './model-choices.service.ts'
import { mountModelCredentialRoutes } from './model-credentials.routes.ts'
import type { ModelMeter } from './model-meter.ts'
import { mountModelTrialRoutes } from './model-trials.routes.ts'
import { mountModelRoutes } from './models.routes.ts'
import { mountProviderRoutes } from './providers.routes.ts'
import { createSealedCredentials } from './sealed-credentials.ts'
import { createWorkspaceModelStore, type WorkspaceModelStore } from './workspace-models.ts'

export interface ModelsDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly logger: Logger
  readonly egress: Egress
  readonly secrets: WorkspaceSecrets
  readonly liveEvents: LiveEvents
  /** Where browsers reach the console API, without a path; undefined: where the page came from. */
  readonly consoleApiUrl?: string | undefined
  readonly meter: ModelMeter
  readonly onCall?: (seen: ModelCallSeen) => void
  /** Counts an open stream of a trial until what it returns is called. */
  readonly onStream: () => () => void
}

/** What a new app stores of the model that it begins with. */
export interface DefaultModelChoice {
  /** `langgenius/openai/openai`. */
  readonly provider: string
  readonly name: string
  readonly mode: 'chat' | 'completion'
  readonly completion_params: Record<string, never>
}

/** The models of workspaces: providers, their credentials, and the way to call them. */
export interface Models {
  readonly gateway: ModelGateway
  readonly store: WorkspaceModelStore
  mountRoutes(mount: Mount): void
  /** The language model of new apps; undefined where none can be called. */
  findDefaultChoice(tenantId: string): Promise<DefaultModelChoice | undefined>
}

export async function createModels(dependencies: ModelsDependencies): Promise<Models> {
  const { db, clock, egress, logger, secrets, liveEvents, meter, onCall, onStream } = dependencies
  const consoleApiUrl = dependencies.consoleApiUrl?.replace(/\/+$/, '') ?? ''
  const sealed = createSealedCredentials({ secrets, logger })
  const store = await createWorkspaceModelStore({ db, clock, sealed, liveEvents })
  const rests = await createCredentialRests({ clock, liveEvents })
  const check = createCheckWithProvider({ egress })
  const credentials = createCredentialService({ db, clock, store, sealed, check })
  const customModels = createCustomModelService({ db, clock, store, sealed, check })
  const choices = createModelChoiceService({ db, clock, store })
  const gateway = createModelGateway({ store, rests, egress, logger, meter, ...(onCall ? { onCall } : {}) })
  return {
    gateway,
    store,
    mountRoutes(mount) {
      mountProviderRoutes(mount, { store, credentials, rests, consoleApiUrl })
      mountModelCredentialRoutes(mount, { store, customModels, rests, clock })
      mountModelTrialRoutes(mount, { gateway, logger, onStream })
      mountModelRoutes(mount, { store, choices, customModels, credentials, consoleApiUrl })
    },
    async findDefaultChoice(tenantId) {
      const found = await choices.findDefault(tenantId, 'llm')
      if (!found) return undefined
      const { provider, entry } = found
      return { provider: toWireProviderId(provider.id), name: entry.model, mode: entry.mode ?? 'chat', completion_params: {} }
    },
  }
}

export { countTokens } from './count-tokens.ts'
export { estimatePromptTokens, estimateTokens } from './estimate-tokens.ts'
export type { ModelGateway, ResolvedLanguageModel } from './gateway-types.ts'
export type { ModelCallSeen } from './metered-call.ts'
export { type Asker, accountAsCaller, type ModelCaller, turnAsCaller } from './model-caller.ts'
export type { CallEnd, CallToMeter, ModelMeter } from './model-meter.ts'
export type { WorkspaceModelStore } from './workspace-models.ts'
