import type { Page } from 'playwright-core'
import type { Sample } from '../../bench/src/interactions/figures.ts'
import type { Installation, Scale } from './installation.ts'

/** What scenes have at hand. */
export interface Stage {
  readonly installation: Installation
  readonly scale: Scale
  /** Signed in to the console. */
  readonly console: Page
  /** Somebody on the public page, with a conversation of many turns. */
  readonly visitor: Page
  readonly longConversationId: string
}

/** Keeps what an interaction took. */
export type Keep = (name: string, sample: Sample) => void

/** Interactions in one place of the product, one after the other. */
export interface Scene {
  readonly place: string
  /** The word by which it is chosen. */
  readonly word: string
  play(stage: Stage, keep: Keep): Promise<void>
}
