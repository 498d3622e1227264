import { ApiError } from '../../api/api-error.ts'
import type { DraftConfig, ModelConfig } from '../../api/types/apps.ts'

/** `failed` keeps trying with the next change or on demand; `conflict` waits for a decision. */
export type DraftStatus = 'saved' | 'pending' | 'saving' | 'failed' | 'conflict'

export interface DraftSnapshot {
  readonly config: ModelConfig
  /** Names the saved state that `config` was made from. */
  readonly hash: string
  readonly status: DraftStatus
  readonly hasUnpublishedChanges: boolean
  /** Unix seconds of the last save that the server acknowledged. */
  readonly savedAt: number
  readonly error: unknown
}

export interface DraftStore {
  readonly read: () => DraftSnapshot
  readonly subscribe: (onChange: () => void) => () => void
  /** Changes the draft at once and saves it a moment later. */
  readonly update: (change: (config: ModelConfig) => ModelConfig) => void
  /** Saves now what is not saved yet; resolves when the server has it, rejects when it has not. */
  readonly flush: (options?: { keepalive?: boolean }) => Promise<void>
  /** Takes over what the server has: after publishing, restoring, or losing a conflict on purpose. */
  readonly replace: (draft: DraftConfig) => void
  /** Wins a conflict on purpose: saves this draft over the one that `hash` names. */
  readonly overwrite: (hash: string) => Promise<void>
}

export interface DraftStoreDependencies {
  readonly draft: DraftConfig
  readonly save: (input: { model_config: ModelConfig; hash: string }, options: { keepalive?: boolean }) => Promise<DraftConfig>
  /** Runs the callback after the pause that ends a burst of edits; gives the way to call it off. */
  readonly schedule: (run: () => void) => () => void
}

/** A draft that saves itself: one save at a time, the newest state last, conflicts shown and nothing overwritten unasked. */
export function createDraftStore({ draft, save, schedule }: DraftStoreDependencies): DraftStore {
  let snapshot: DraftSnapshot = toSnapshot(draft)
  let cancelScheduled: (() => void) | undefined
  let flight: Promise<void> | undefined
  const listeners = new Set<() => void>()

  const set = (next: Partial<DraftSnapshot>) => {
    snapshot = { ...snapshot, ...next }
    for (const listener of listeners) listener()
  }

  const replace = (next: DraftConfig) => {
    cancelScheduled?.()
    set(toSnapshot(next))
  }

  async function saveOnce(options: { keepalive?: boolean }): Promise<void> {
    const { config } = snapshot
    set({ status: 'saving' })
    try {
      const saved = await save({ model_config: config, hash: snapshot.hash }, options)
      const isNewest = snapshot.config === config
      set({
        hash: saved.hash,
        status: isNewest ? 'saved' : 'pending',
        hasUnpublishedChanges: isNewest ? saved.has_unpublished_changes : true,
        savedAt: saved.updated_at,
        error: undefined,
      })
    } catch (error) {
      set({ status: error instanceof ApiError && error.code === 'conflict' ? 'conflict' : 'failed', error })
      throw error
    }
  }

  async function flush(options: { keepalive?: boolean } = {}): Promise<void> {
    cancelScheduled?.()
    while (snapshot.status !== 'saved') {
      if (snapshot.status === 'conflict') throw snapshot.error
      flight ??= saveOnce(options).finally(() => {
        flight = undefined
      })
      await flight
    }
  }

  return {
    read: () => snapshot,
    subscribe(onChange) {
      listeners.add(onChange)
      return () => listeners.delete(onChange)
    },
    update(change) {
      const config = change(snapshot.config)
      if (config === snapshot.config) return
      const isBlocked = snapshot.status === 'conflict' || snapshot.status === 'saving'
      set({ config, hasUnpublishedChanges: true, ...(!isBlocked && { status: 'pending' }) })
      cancelScheduled?.()
      // A failure stands in the snapshot; a conflict waits for a decision.
      if (snapshot.status !== 'conflict') cancelScheduled = schedule(() => void flush().catch(() => undefined))
    },
    flush,
    replace,
    async overwrite(hash) {
      set({ hash, status: 'pending' })
      await flush()
    },
  }
}

function toSnapshot(draft: DraftConfig): DraftSnapshot {
  return {
    config: draft.model_config,
    hash: draft.hash,
    status: 'saved',
    hasUnpublishedChanges: draft.has_unpublished_changes,
    savedAt: draft.updated_at,
    error: undefined,
  }
}
