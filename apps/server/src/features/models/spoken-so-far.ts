import type { ModelEvent } from '@trellis/spec'

const CHARACTERS_A_TOKEN = 4
/** From here on, scripts whose characters are about a token each. */
const DENSE_FROM = 0x2e80

/** About how many tokens a model has said, for usage that it will not tell any more. One look at each piece: it is told of every token. */
export class SpokenSoFar {
  #dense = 0
  #others = 0

  add(event: ModelEvent): void {
    if (event.type === 'text-delta' || event.type === 'reasoning-delta') this.#count(event.text)
    else if (event.type === 'tool-call-delta') this.#count(event.argumentsDelta)
  }

  get tokens(): number {
    return Math.ceil(this.#dense + this.#others / CHARACTERS_A_TOKEN)
  }

  /** Pieces are short, and of one script. */
  #count(text: string): void {
    if (text.charCodeAt(0) >= DENSE_FROM) this.#dense += text.length
    else this.#others += text.length
  }
}
