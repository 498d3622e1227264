/** Pieces that are held one by one before they become a text. */
const LOOSE_PIECES = 32

/**
 * The text as far as it got. A string that grows by `+=` is a tree of all its pieces until somebody reads it, several times as large
 * as the text; a thousand open answers would be mostly that.
 */
export class TurnText {
  #text = ''
  #loose: string[] = []

  add(piece: string): void {
    this.#loose.push(piece)
    if (this.#loose.length >= LOOSE_PIECES) this.#gather()
  }

  replace(text: string): void {
    this.#text = text
    this.#loose = []
  }

  get answer(): string {
    this.#gather()
    return this.#text
  }

  #gather(): void {
    this.#text += this.#loose.join('')
    this.#loose = []
  }
}
