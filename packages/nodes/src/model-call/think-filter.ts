/** A piece of a stream: what is shown, or what the model thought. */
export interface StreamPiece {
  readonly isReasoning: boolean
  readonly text: string
}

const MAX_ATTRIBUTES = 512
const OPENING = new RegExp(`<think(?:\\s[^<>]{0,${MAX_ATTRIBUTES}})?>`, 'i')
const CLOSING = /<\/think>/i
/** What could still become an opening tag. */
const OPENING_BEGUN = new RegExp(`<(?:t(?:h(?:i(?:n(?:k(?:\\s[^<>]{0,${MAX_ATTRIBUTES}})?)?)?)?)?)?$`, 'i')
const CLOSING_BEGUN = /<(?:\/(?:t(?:h(?:i(?:n(?:k)?)?)?)?)?)?$/i

/** Splits a stream at its `<think>` tags, which may come in pieces: holds back no more than could still become a tag. */
export class ThinkFilter {
  #held = ''
  #isInside = false
  #hasText = false

  add(delta: string): readonly StreamPiece[] {
    const pieces: StreamPiece[] = []
    let rest = this.#held + delta
    for (;;) {
      const tag = (this.#isInside ? CLOSING : OPENING).exec(rest)
      if (!tag) break
      this.#push(pieces, rest.slice(0, tag.index))
      this.#isInside = !this.#isInside
      rest = rest.slice(tag.index + tag[0].length)
    }
    const begun = (this.#isInside ? CLOSING_BEGUN : OPENING_BEGUN).exec(rest)
    this.#held = begun?.[0] ?? ''
    this.#push(pieces, rest.slice(0, rest.length - this.#held.length))
    return pieces
  }

  /** What was held back, once nothing more comes. */
  end(): readonly StreamPiece[] {
    const pieces: StreamPiece[] = []
    this.#push(pieces, this.#held)
    this.#held = ''
    return pieces
  }

  #push(pieces: StreamPiece[], text: string): void {
    // Blank lines between the thoughts and the answer are shown to nobody.
    const shown = this.#isInside || this.#hasText ? text : text.trimStart()
    if (shown === '') return
    if (!this.#isInside) this.#hasText = true
    pieces.push({ isReasoning: this.#isInside, text: shown })
  }
}
