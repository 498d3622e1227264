import { decide, digest } from './digest.ts'
import { allNodes, type RandomGraph, type RandomNode, type RandomScope, startOf, summingOf } from './random-graph.ts'
import { endsLoop } from './scripted-rounds.ts'
import { answerTo } from './stepping-host.ts'

/** What the laws of the spec make of a graph (workflow spec 4.3 to 4.5), worked out node by node in the order of the file. */
export interface Reference {
  readonly status: 'succeeded' | 'partial-succeeded' | 'failed'
  /** How each node ended, under the name of `placeOf`; nodes of `uncertain` containers left out. */
  readonly ends: ReadonlyMap<string, string>
  /** Containers in which a round failed: which of its other nodes had run by then depends on time. */
  readonly uncertain: ReadonlySet<string>
  readonly answers: readonly string[]
  readonly exceptions: number
  /** Begun outside containers, retries included. */
  readonly steps: number
  /** Begun anywhere, retries not counted. */
  readonly starts: number
}

/** One execution of a node: where it stands, and in which rounds. */
export const placeOf = (nodeId: string, { iteration, loop }: Rounds): string => `${nodeId}|${iteration ?? '-'}|${loop ?? '-'}`

export interface Rounds {
  readonly iteration?: number | undefined
  readonly loop?: number | undefined
}

interface Place {
  readonly rounds: Rounds
  readonly round: number
  readonly item: string | undefined
  /** The variable of the loop that this is a round of. */
  readonly loop: { sum: string } | undefined
}

interface RoundResult {
  readonly isFailed: boolean
  readonly isBroken: boolean
  readonly outputs: ReadonlyMap<string, string | undefined>
  readonly answers: readonly string[]
}

interface Ended {
  /** Undefined where the node failed, and nothing deals with it. */
  readonly status: 'succeeded' | 'exception' | undefined
  readonly output?: string | undefined
  readonly handle?: string
  readonly answers?: readonly string[]
  readonly endsLoop?: boolean
}

/** `interrupted`: attempts that a crash cut off, by place and number; they fail whatever they would have done. */
export function referTo(graph: RandomGraph, interrupted: ReadonlySet<string> = new Set()): Reference {
  return new ReferenceRun(interrupted).run(graph)
}

class ReferenceRun {
  readonly #interrupted: ReadonlySet<string>
  readonly #ends = new Map<string, string>()
  readonly #uncertain = new Set<string>()
  readonly #conversation = new Map<string, string>()
  #exceptions = 0
  // The start of the graph is one.
  #steps = 1
  #starts = 1

  constructor(interrupted: ReadonlySet<string>) {
    this.#interrupted = interrupted
  }

  run({ root }: RandomGraph): Reference {
    const { isFailed, answers } = this.#carryOut(root, { rounds: {}, round: 0, item: undefined, loop: undefined })
    const hidden = new Set(allNodes(root).flatMap(({ id, inner }) => (this.#uncertain.has(id) && inner ? allNodes(inner) : [])))
    const hiddenIds = new Set([...hidden].map(({ id }) => id))
    return {
      status: isFailed ? 'failed' : this.#exceptions > 0 ? 'partial-succeeded' : 'succeeded',
      ends: new Map([...this.#ends].filter(([place]) => !hiddenIds.has(place.split('|')[0] ?? ''))),
      uncertain: this.#uncertain,
      answers,
      exceptions: this.#exceptions,
      steps: this.#steps,
      starts: this.#starts,
    }
  }

  /** A scope from its start to its end, or to the first failure that nothing deals with. */
  #carryOut(scope: RandomScope, place: Place): RoundResult {
    const outputs = new Map<string, string | undefined>()
    const answers: string[] = []
    let isBroken = false
    const handles = new Map<string, string | undefined>([[startOf(scope), undefined]])
    for (const node of scope.nodes) {
      const isReached = node.sources.some(({ id, handle }) => handles.has(id) && (handles.get(id) ?? handle) === handle)
      if (!isReached) continue
      this.#starts += 1
      if (!scope.owner) this.#steps += 1
      const ended = this.#execute(node, { scope, outputs, place })
      if (!ended.status) return { isFailed: true, isBroken, outputs, answers }
      this.#ends.set(placeOf(node.id, place.rounds), `${ended.status} ${ended.output ?? ''}`)
      handles.set(node.id, ended.handle)
      outputs.set(node.id, ended.output)
      answers.push(...(ended.answers ?? []))
      if (ended.endsLoop) isBroken = true
    }
    return { isFailed: false, isBroken, outputs, answers }
  }

  #execute(
    node: RandomNode,
    { scope, outputs, place }: { readonly scope: RandomScope; readonly outputs: RoundResult['outputs']; readonly place: Place },
  ): Ended {
    const before = [...node.sources.map(({ id }) => this.#read(id, scope, outputs)), place.item]
    const output = digest(node.id, before)
    switch (node.kind) {
      case 'work':
        return this.#attempt(node, output, place)
      case 'branch':
        return { status: 'succeeded', output, handle: decide(output, 2) === 0 ? 'yes' : 'no' }
      case 'ask': {
        const answer = answerTo(node.id, place.round)
        return { status: 'succeeded', output, handle: answer.type === 'submitted' ? answer.actionId : 'no' }
      }
      case 'assign': {
        const isSum = node === summingOf(scope)
        const value = digest(node.id, [...before, isSum ? place.loop?.sum : undefined])
        if (isSum && place.loop) place.loop.sum = value
        else this.#conversation.set(`v_${node.id}`, value)
        return { status: 'succeeded' }
      }
      case 'answer':
        return { status: 'succeeded', answers: [`<${node.id} ${node.refs.map((ref) => this.#show(ref, scope, outputs)).join(' ')}>`] }
      case 'loop-end':
        return { status: 'succeeded', endsLoop: true }
      case 'iteration':
        return this.#absorb(node, this.#iterate(node, output, place))
      case 'loop':
        return this.#absorb(node, this.#loop(node, output, place))
    }
  }

  #read(id: string, scope: RandomScope, outputs: RoundResult['outputs']): string | undefined {
    const source = scope.nodes.find((node) => node.id === id)
    return source?.kind === 'assign' && source !== summingOf(scope) ? this.#conversation.get(`v_${id}`) : outputs.get(id)
  }

  #show(ref: string, scope: RandomScope, outputs: RoundResult['outputs']): string {
    const [id = '', name = ''] = ref.split('.')
    if (id === 'conversation') return this.#conversation.get(name) ?? ref
    const output = outputs.get(id)
    const source = scope.nodes.find((node) => node.id === id)
    if (output === undefined || (name === 'text' && output === INSTEAD)) return ref
    return name === 'text' ? Array.from({ length: source?.pieces ?? 0 }, (_, index) => `[${output}.${index}]`).join('') : output
  }

  #attempt(node: RandomNode, output: string, { rounds, round }: Place): Ended {
    for (let attempt = 0; attempt <= node.retries; attempt++) {
      if (attempt > 0 && rounds.iteration === undefined && rounds.loop === undefined) this.#steps += 1
      const isBad = attempt < node.failures && ((node.failingRounds >> round) & 1) === 1
      if (!isBad && !this.#interrupted.has(`${placeOf(node.id, rounds)}#${attempt}`)) {
        return { status: 'succeeded', output, ...(node.strategy === 'fail-branch' ? { handle: 'source' } : {}) }
      }
      this.#exceptions += 1
    }
    return this.#strategy(node)
  }

  #strategy({ strategy }: RandomNode): Ended {
    if (strategy === 'none') return { status: undefined }
    return strategy === 'fail-branch' ? { status: 'exception', handle: 'fail-branch' } : { status: 'exception', output: INSTEAD }
  }

  #absorb(node: RandomNode, ended: Ended): Ended {
    if (ended.status) return { ...ended, ...(node.strategy === 'fail-branch' ? { handle: 'source' } : {}) }
    this.#exceptions += 1
    return this.#strategy(node)
  }

  #iterate(node: RandomNode, base: string, place: Place): Ended {
    const { inner, onError } = node
    const results: (string | null)[] = []
    let answers: readonly string[] = []
    for (let round = 0; inner && round < node.rounds; round++) {
      const result = this.#carryOut(inner, {
        ...place,
        rounds: { ...place.rounds, iteration: round },
        round,
        item: `${base}.${round}`,
        loop: undefined,
      })
      if (result.isFailed) {
        this.#uncertain.add(node.id)
        if (onError === 'terminated') return { status: undefined }
        if (onError === 'continue-on-error') results.push(null)
        continue
      }
      results.push(result.outputs.get(inner.nodes.at(-1)?.id ?? '') ?? null)
      answers = result.answers
    }
    return { status: 'succeeded', output: JSON.stringify(results), answers }
  }

  #loop(node: RandomNode, base: string, place: Place): Ended {
    const { inner } = node
    const loop = { sum: base }
    const answers: string[] = []
    let count = 0
    let isOver = endsLoop(loop.sum)
    while (inner && !isOver && count < node.rounds) {
      const result = this.#carryOut(inner, { ...place, rounds: { ...place.rounds, loop: count }, round: count, loop })
      count += 1
      if (result.isFailed) {
        this.#uncertain.add(node.id)
        return { status: undefined }
      }
      answers.push(...result.answers)
      isOver = result.isBroken || endsLoop(loop.sum)
    }
    return { status: 'succeeded', output: count === 0 ? undefined : digest(node.id, [loop.sum, String(count)]), answers }
  }
}

const INSTEAD = 'instead'
