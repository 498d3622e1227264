import type { ModelConfig } from '../../api/types/apps.ts'
import type { DraftSnapshot } from './draft-store.ts'

/** What was typed and not saved when the page went: a lost session, a lost server, a closed tab. */
export interface RescuedDraft {
  readonly config: ModelConfig
  /** The saved state that it was made from; saving it over a newer one is a conflict, and shown as such. */
  readonly hash: string
}

export interface DraftRescue {
  /** Keeps what is not saved yet, and forgets it once it is. */
  readonly keep: (snapshot: DraftSnapshot) => void
  /** Gives what was kept, once. */
  readonly take: () => RescuedDraft | null
}

/** Unsaved edits of one app, kept by the tab (`sessionStorage`) across reloads and sign-ins. */
export function createDraftRescue(storage: Storage | null, appId: string): DraftRescue {
  const key = `trellis.draft.${appId}`
  return {
    keep({ status, config, hash }) {
      try {
        if (status === 'saved') storage?.removeItem(key)
        else storage?.setItem(key, JSON.stringify({ config, hash } satisfies RescuedDraft))
      } catch {
        // A full storage: the draft is still in memory and being saved.
      }
    },
    take() {
      const text = storage?.getItem(key) ?? null
      storage?.removeItem(key)
      // Only `keep` writes this key, in this tab.
      return text === null ? null : (JSON.parse(text) as RescuedDraft)
    },
  }
}

/** The tab's storage, where the browser gives it. */
export function tabStorage(): Storage | null {
  try {
    return window.sessionStorage
  } catch {
    return null
  }
}
