import type { Refusal } from '@trellis/contracts'

/** Why a trigger cannot start anything as its node has it; a sentence for whoever made it. */
export class TriggerConfigError extends Error {
  /** The same, for whoever words it in another language; undefined where the message alone tells. */
  readonly refusal: Refusal | undefined

  constructor(message: string, refusal?: Refusal) {
    super(message)
    this.name = 'TriggerConfigError'
    this.refusal = refusal
  }

  /** Of which trigger it is. */
  refusalOf(trigger: string): Refusal | undefined {
    return this.refusal && { ...this.refusal, values: { ...this.refusal.values, trigger } }
  }
}
