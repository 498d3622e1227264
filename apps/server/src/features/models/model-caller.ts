/** Who asked for what is done, as far as it can be told: an end user or an account, and the key that let them in. */
export interface Asker {
  readonly endUserId: string | null
  readonly accountId: string | null
  /** The key of the Service API that the call came with. */
  readonly apiKeyId: string | null
}

/**
 * What a model is called for. `turn`: the answer of a basic app; `node`: of a workflow; `annotation`: finding a stored answer;
 * `generator`: writing prompts and code for whoever builds.
 */
export type ModelPurpose =
  | 'turn'
  | 'node'
  | 'suggestion'
  | 'naming'
  | 'playground'
  | 'generator'
  | 'annotation'
  | 'moderation'
  | 'speech'
  | 'transcription'

/** On whose behalf a model is called: what its use is booked under. Null is said, never left out, so that nobody forgets it. */
export interface ModelCaller extends Asker {
  readonly tenantId: string
  /** Null where it is for the workspace itself. */
  readonly appId: string | null
  readonly runId: string | null
  readonly messageId: string | null
  readonly purpose: ModelPurpose
}

/** Somebody of the workspace's in the console, with an app in hand or without. */
export const accountAsCaller = (
  { tenantId, accountId }: { readonly tenantId: string; readonly accountId: string },
  { purpose, appId = null }: { readonly purpose: ModelPurpose; readonly appId?: string | null },
): ModelCaller => ({ tenantId, accountId, appId, purpose, endUserId: null, apiKeyId: null, runId: null, messageId: null })

/** Whoever asked a turn, for what is done on the way to its answer. */
export const turnAsCaller = (
  {
    app,
    endUserId,
    accountId,
    apiKeyId,
    runId,
    messageId,
  }: Asker & {
    readonly app: { readonly id: string; readonly tenant_id: string }
    readonly runId: string
    readonly messageId: string
  },
  purpose: ModelPurpose,
): ModelCaller => ({ tenantId: app.tenant_id, appId: app.id, endUserId, accountId, apiKeyId, runId, messageId, purpose })
