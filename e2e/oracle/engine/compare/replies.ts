import type { Fake } from '../case.ts'

/** Replies of one kind of fake. */
type ReplyOf<Kind extends Fake> = Kind['replies'][number]

/** All fakes of one run, with how often each has been asked. */
export class Replies {
  readonly #fakes: { readonly [nodeId: string]: Fake }
  readonly #asked = new Map<string, number>()

  constructor(fakes: { readonly [nodeId: string]: Fake } = {}) {
    this.#fakes = fakes
  }

  /** A node of a case has the fake of its kind: the generator made both. */
  of<Kind extends Fake>(nodeId: string): Kind | undefined {
    return this.#fakes[nodeId] as Kind | undefined
  }

  /** One a call, the last one again and again. */
  next<Kind extends Fake>(nodeId: string): ReplyOf<Kind> {
    const replies: readonly ReplyOf<Kind>[] = this.of<Kind>(nodeId)?.replies ?? []
    const call = this.#asked.get(nodeId) ?? 0
    this.#asked.set(nodeId, call + 1)
    const reply = replies[Math.min(call, replies.length - 1)]
    if (!reply) throw new Error(`The case has no fake for node ${nodeId}.`)
    return reply
  }
}
