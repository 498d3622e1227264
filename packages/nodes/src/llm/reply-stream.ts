import type { NodeContext } from '@trellis/spec'
import { type StreamPiece, ThinkFilter } from '../model-call/think-filter.ts'

/** Shows a reply while it comes. `separated`: what the model thinks goes a way of its own. */
export class ReplyStream {
  readonly #emit: NodeContext['emit']
  readonly #filter: ThinkFilter | undefined
  #hasReasoning = false

  constructor(emit: NodeContext['emit'], format: 'tagged' | 'separated') {
    this.#emit = emit
    this.#filter = format === 'separated' ? new ThinkFilter() : undefined
  }

  add(text: string): void {
    if (this.#filter) this.#tell(this.#filter.add(text))
    else this.#emit({ type: 'text-delta', name: 'text', text })
  }

  end(): void {
    if (this.#filter) this.#tell(this.#filter.end())
    if (this.#hasReasoning) this.#emit({ type: 'reasoning-delta', text: '', isFinal: true })
    this.#emit({ type: 'text-end', name: 'text' })
  }

  #tell(pieces: readonly StreamPiece[]): void {
    for (const { isReasoning, text } of pieces) {
      if (isReasoning) this.#hasReasoning = true
      this.#emit(isReasoning ? { type: 'reasoning-delta', text, isFinal: false } : { type: 'text-delta', name: 'text', text })
    }
  }
}
