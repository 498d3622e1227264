/** How long a run has been at work: waiting for people does not count. */
export class WorkTime {
  #startedAtMs = 0
  /** Set during a pause. */
  #pausedAtMs: number | undefined
  /** How long earlier pauses took, together. */
  #pausedMs = 0

  /** It begins then, whatever was before. */
  begin(now: number): void {
    this.#startedAtMs = now
    this.#pausedAtMs = undefined
    this.#pausedMs = 0
  }

  pause(now: number): void {
    this.#pausedAtMs ??= now
  }

  goOn(now: number): void {
    if (this.#pausedAtMs !== undefined) this.#pausedMs += now - this.#pausedAtMs
    this.#pausedAtMs = undefined
  }

  elapsedMs(now: number): number {
    return (this.#pausedAtMs ?? now) - this.#startedAtMs - this.#pausedMs
  }
}
