import type { RunEvent } from '@trellis/contracts'
import { type RandomGraph, type RandomNode, startOf } from './random-graph.ts'
import type { Told } from './stepping-host.ts'

interface Edge {
  readonly source: string
  readonly handle: string
  readonly target: string
  isTaken: boolean
}

type Segment = { readonly text: string } | { readonly ref: string }

interface Response {
  readonly id: string
  readonly segments: readonly Segment[]
  /** Of each way from the start: the edges on it that hold the response back. */
  readonly paths: readonly (readonly Edge[])[]
  isOpened: boolean
}

/**
 * The text of a run outside containers as workflow spec 4.7 puts it, word for word: all ways from the start to a response, the blocking
 * edges on them, one response at a time. Slow, and of another make than the engine's.
 */
export function expectedText(graph: RandomGraph, told: readonly Told[]): string {
  const shown = new ShownText(graph)
  for (const one of told) shown.take(one)
  return shown.text
}

class ShownText {
  text = ''
  readonly #graph: RandomGraph
  readonly #edges: readonly Edge[]
  readonly #responses: readonly Response[]
  readonly #queue: Response[] = []
  readonly #buffers = new Map<string, { readonly unread: string[]; isClosed: boolean }>()
  readonly #pool = new Map<string, string>()
  readonly #skipped = new Set<string>()
  #place = 0

  constructor(graph: RandomGraph) {
    this.#graph = graph
    this.#edges = graph.root.nodes.flatMap(({ id, sources }) => sources.map((source) => toEdge(source, id)))
    this.#responses = graph.root.nodes.filter(({ kind }) => kind === 'answer').map((node) => this.#toResponse(node))
    this.#open()
    this.#flush()
  }

  take(told: Told): void {
    if (told.type === 'chunk') {
      const { execution, chunk } = told
      if (execution.frame.parent || chunk.type !== 'text-delta') return
      const buffer = this.#bufferOf(`${execution.node.id}.${chunk.name}`)
      buffer.unread.push(chunk.text)
      this.#flush()
    } else if (told.type === 'variable-update') this.#pool.set(told.selector.join('.'), String(told.value))
    else if (told.type === 'node-retry' && isOutside(told)) this.#buffers.get(`${told.nodeId}.text`)?.unread.splice(0)
    else if (told.type === 'node-end' && isOutside(told)) this.#end(told)
  }

  #end(event: Extract<RunEvent, { type: 'node-end' }>): void {
    if (event.status !== 'succeeded' && event.status !== 'exception') return
    const { nodeId } = event
    if (event.streamed) {
      const key = `${nodeId}.text`
      // A journal has no pieces of its own: what was streamed is in the outputs.
      const isRead = this.#buffers.has(key)
      const buffer = this.#bufferOf(key)
      if (!isRead && event.status === 'succeeded') buffer.unread.push(String(event.outputs?.['text']))
      buffer.isClosed = true
      this.#flush()
    }
    for (const [name, value] of Object.entries(event.outputs ?? {})) this.#pool.set(`${nodeId}.${name}`, String(value))
    const source = this.#graph.root.nodes.find(({ id }) => id === nodeId)
    const handle = event.handle ?? (source?.strategy === 'fail-branch' ? 'source' : undefined)
    const out = this.#edges.filter((edge) => edge.source === nodeId)
    for (const edge of out) if (handle !== undefined && edge.handle !== handle) this.#skip(edge)
    for (const edge of out) {
      if (handle !== undefined && edge.handle !== handle) continue
      edge.isTaken = true
      this.#open()
    }
    this.#flush()
  }

  readonly #left = new Set<Edge>()

  #skip(edge: Edge): void {
    this.#left.add(edge)
    const { target } = edge
    if (!this.#edges.every((other) => other.target !== target || this.#left.has(other))) return
    this.#skipped.add(target)
    for (const next of this.#edges) if (next.source === target) this.#skip(next)
  }

  #open(): void {
    const ready = this.#responses.filter(({ isOpened, paths }) => !isOpened && paths.some((path) => path.every(({ isTaken }) => isTaken)))
    for (const response of ready.sort((one, other) => (one.id < other.id ? -1 : 1))) {
      response.isOpened = true
      this.#queue.push(response)
    }
  }

  #flush(): void {
    for (let response = this.#queue[0]; response; response = this.#queue[0]) {
      for (; this.#place < response.segments.length; this.#place += 1) {
        const segment = response.segments[this.#place]
        if (segment && !this.#show(segment)) return
      }
      this.#queue.shift()
      this.#place = 0
    }
  }

  #show(segment: Segment): boolean {
    if ('text' in segment) {
      this.text += segment.text
      return true
    }
    const { ref } = segment
    if (this.#skipped.has(ref.split('.')[0] ?? '')) return true
    const buffer = this.#buffers.get(ref)
    if (buffer) {
      this.text += buffer.unread.splice(0).join('')
      return buffer.isClosed
    }
    this.text += this.#pool.get(ref) ?? ''
    return this.#pool.has(ref)
  }

  #bufferOf(key: string): { readonly unread: string[]; isClosed: boolean } {
    const buffer = this.#buffers.get(key) ?? { unread: [], isClosed: false }
    this.#buffers.set(key, buffer)
    return buffer
  }

  #toResponse(node: RandomNode): Response {
    const refs = node.refs.map((ref): Segment => ({ ref }))
    const segments = refs.flatMap((ref, index): Segment[] => (index === 0 ? [ref] : [{ text: ' ' }, ref]))
    return {
      id: node.id,
      segments: [{ text: `<${node.id} ` }, ...segments, { text: '>' }],
      paths: this.#pathsTo(node.id).map((path) => path.filter(({ source }) => this.#holdsBack(source, node))),
      isOpened: false,
    }
  }

  #pathsTo(id: string): readonly (readonly Edge[])[] {
    if (id === startOf(this.#graph.root)) return [[]]
    return this.#edges.filter(({ target }) => target === id).flatMap((edge) => this.#pathsTo(edge.source).map((path) => [...path, edge]))
  }

  #holdsBack(id: string, response: RandomNode): boolean {
    const source = this.#graph.root.nodes.find((node) => node.id === id)
    if (!source) return false
    if (source.kind === 'assign') return response.refs.includes(`conversation.v_${id}`)
    const isBranch = source.kind === 'branch' || source.kind === 'ask' || source.strategy === 'fail-branch'
    return isBranch || source.kind === 'answer' || source.inner !== undefined
  }
}

const toEdge = ({ id, handle }: RandomNode['sources'][number], target: string): Edge => ({ source: id, handle, target, isTaken: false })

const isOutside = ({ iterationId, loopId }: { readonly iterationId?: string | undefined; readonly loopId?: string | undefined }): boolean =>
  iterationId === undefined && loopId === undefined
