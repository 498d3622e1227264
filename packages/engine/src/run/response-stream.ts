import { renderVariable } from '@trellis/variables'
import type { PlanEdge, PlanNode, PlanResponse, ResponseSegment } from '../plan/plan.ts'
import { type Frame, SKIPPED, TAKEN } from './frame.ts'

/** A piece of a response as it may be shown. `source` is the node whose variable it is, where that is not the response itself. */
export interface ResponsePiece {
  readonly text: string
  readonly selector: readonly string[]
  readonly node: PlanNode
}

type VariableSegment = ResponseSegment & { readonly type: 'variable' }

interface StreamedOutput {
  readonly pieces: string[]
  read: number
  isClosed: boolean
}

/**
 * What the caller may see of answer and end nodes, and when (workflow spec 4.7). A response opens when it is certain to be reached;
 * responses are shown one after the other; each shows its template part by part, waiting for what is still to come.
 * It watches the run from outside: the scheduler does not know it.
 */
export class ResponseStream {
  readonly #frame: Frame
  readonly #show: (piece: ResponsePiece) => void
  readonly #reached: Uint8Array[]
  readonly #isOpened: Uint8Array
  readonly #waiting: PlanResponse[] = []
  readonly #outputs = new Map<string, StreamedOutput>()
  #active: { readonly response: PlanResponse; segment: number } | undefined

  constructor(frame: Frame, root: PlanNode, show: (piece: ResponsePiece) => void) {
    this.#frame = frame
    this.#show = show
    const { responses, nodes } = frame.scope
    this.#reached = responses.map(() => new Uint8Array(nodes.length))
    this.#isOpened = new Uint8Array(responses.length)
    this.#open(responses.flatMap((_, place) => (this.#reach(place, root.index) ? [place] : [])))
  }

  /** Opens what the edge held back; what that shows comes with the next `flush`. */
  onEdgeTaken({ index, source, target }: PlanEdge): void {
    const heldBack = this.#frame.scope.heldBack[index] ?? []
    if (heldBack.length === 0) return
    this.#open(
      heldBack.filter((place) => this.#isOpened[place] !== 1 && this.#reached[place]?.[source] === 1 && this.#reach(place, target)),
    )
  }

  onPiece(key: string, text: string): void {
    const output = this.#outputOf(key)
    if (output.isClosed) return
    output.pieces.push(text)
    this.flush()
  }

  onClosed(key: string): void {
    this.#outputOf(key).isClosed = true
    this.flush()
  }

  /** Forgets what a failed attempt streamed and nobody has seen: the next one begins anew. */
  onRetry(key: string): void {
    const output = this.#outputs.get(key)
    if (output) output.pieces.length = output.read
  }

  /** Whether a reached response that is not over names what the node says or thinks. */
  isWaitingFor(nodeId: string): boolean {
    return [this.#active?.response, ...this.#waiting].some((response) =>
      response?.segments.some((segment) => segment.type === 'variable' && segment.selector[0] === nodeId && isSpoken(segment.selector[1])),
    )
  }

  /** Shows what can be shown now. */
  flush(): void {
    while (true) {
      if (!this.#active) {
        const response = this.#waiting.shift()
        if (!response) return
        this.#active = { response, segment: 0 }
      }
      if (!this.#advance(this.#active)) return
      this.#active = undefined
    }
  }

  /** Shows the parts of the active response as far as they are there; true when all have been. */
  #advance(active: { readonly response: PlanResponse; segment: number }): boolean {
    const { node, segments } = active.response
    for (; active.segment < segments.length; active.segment += 1) {
      const segment = segments[active.segment]
      if (segment?.type === 'text') this.#say(segment.text, [node.id, 'answer'], node)
      else if (segment && !this.#showVariable(segment, node)) return false
    }
    return true
  }

  #showVariable({ selector, key, source }: VariableSegment, response: PlanNode): boolean {
    const frame = source && this.#frameOf(source)
    if (source && frame?.nodeState[source.index] === SKIPPED) return true
    const output = this.#outputs.get(key)
    const speaker = source && frame ? source : response
    if (output) {
      for (; output.read < output.pieces.length; output.read += 1) this.#say(output.pieces[output.read] ?? '', selector, speaker)
      return output.isClosed
    }
    const variable = this.#frame.pool.get(selector)
    if (!variable) return false
    this.#say(renderVariable(variable, 'markdown'), selector, speaker)
    return true
  }

  #say(text: string, selector: readonly string[], node: PlanNode): void {
    if (text !== '') this.#show({ text, selector, node })
  }

  /** The frame around this one, or this one, that a node belongs to; undefined where it is inside another container. */
  #frameOf(node: PlanNode): Frame | undefined {
    let frame: Frame | undefined = this.#frame
    while (frame && frame.scope.index !== node.scope) frame = frame.parent
    return frame
  }

  /** Marks a node and what lies behind it without a blocking edge between; true where that reaches the response. */
  #reach(place: number, from: number): boolean {
    const { nodes, responses } = this.#frame.scope
    const response = responses[place]
    const reached = this.#reached[place]
    if (!response || !reached || reached[from] === 1) return false
    const pending = [from]
    reached[from] = 1
    for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
      for (const { index: edge, target } of nodes[index]?.out ?? []) {
        if (reached[target] === 1) continue
        if (response.isBlocking[edge] && this.#frame.edgeState[edge] !== TAKEN) continue
        reached[target] = 1
        pending.push(target)
      }
    }
    return reached[response.node.index] === 1
  }

  /** Responses that open at one moment queue in the order of their ids. */
  #open(places: readonly number[]): void {
    const opened = places.flatMap((place) => {
      this.#isOpened[place] = 1
      const response = this.#frame.scope.responses[place]
      return response ? [response] : []
    })
    this.#waiting.push(...opened.sort((one, other) => (one.node.id < other.node.id ? -1 : 1)))
  }

  #outputOf(key: string): StreamedOutput {
    const found = this.#outputs.get(key)
    if (found) return found
    const made = { pieces: [], read: 0, isClosed: false }
    this.#outputs.set(key, made)
    return made
  }
}

const isSpoken = (name: string | undefined): boolean => name === 'text' || name === 'reasoning_content'
