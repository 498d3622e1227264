import type { ContainerBegin, ContainerLogic, ContainerStep, EndedRound, NodeFailure } from '@trellis/spec'
import type { Dict, Value } from '@trellis/values'
import { Variable, type VariableReader } from '@trellis/variables'
import { decide, digest } from './digest.ts'
import { countOf, readBefore, textOf } from './script.ts'

const broken: NodeFailure = { status: 'failed', error: 'A round broke.', errorType: '' }

/** Rounds over as many items as the data say, with the three ways of Dify's iteration to deal with one that fails. */
export class ScriptedIteration implements ContainerLogic {
  readonly kind = 'iteration'
  readonly pool = 'forked'
  readonly startNodeId: string
  readonly concurrency: number
  readonly #config: Dict
  #items: readonly string[] = []
  #results: (Value | undefined)[] = []
  #begun = 0
  #ended = 0
  #isBroken = false

  constructor(config: Dict) {
    this.#config = config
    this.startNodeId = textOf(config, 'start_node_id')
    this.concurrency = countOf(config, 'parallel')
  }

  begin(variables: VariableReader, nodeId: string): ContainerBegin {
    const base = digest(nodeId, readBefore(this.#config, variables))
    this.#items = Array.from({ length: countOf(this.#config, 'rounds') }, (_, index) => `${base}.${index}`)
    this.#results = this.#items.map(() => undefined)
    return { status: 'begun', inputs: {}, metadata: {} }
  }

  next(): ContainerStep {
    if (!this.#isBroken && this.#begun < this.#items.length) {
      if (this.#begun - this.#ended >= this.concurrency) return { type: 'wait' }
      const index = this.#begun++
      const variables = { item: new Variable(this.#items[index] ?? ''), index: new Variable(index) }
      return { type: 'round', index, variables, isAnnounced: true }
    }
    if (this.#ended < this.#begun) return { type: 'wait' }
    const output = this.#results.filter((result) => result !== undefined)
    const outcome = this.#isBroken ? broken : ({ status: 'succeeded', outputs: { output } } as const)
    return { type: 'finish', outcome, steps: this.#items.length, metadata: {} }
  }

  roundEnded({ index, status, variables }: EndedRound): void {
    this.#ended += 1
    const onError = textOf(this.#config, 'onError')
    if (status === 'succeeded') this.#results[index] = variables.get([textOf(this.#config, 'result'), 'output'])?.value ?? null
    else if (onError === 'terminated') this.#isBroken = true
    else if (onError === 'continue-on-error') this.#results[index] = null
  }
}

/** Rounds one after the other over one variable, until that says so, a `loop-end` was reached, or they were enough. */
export class ScriptedLoop implements ContainerLogic {
  readonly kind = 'loop'
  readonly pool = 'shared'
  readonly concurrency = 1
  readonly startNodeId: string
  readonly #config: Dict
  #nodeId = ''
  #begun = 0
  #ended = 0
  #isOver = false
  #isBroken = false

  constructor(config: Dict) {
    this.#config = config
    this.startNodeId = textOf(config, 'start_node_id')
  }

  begin(variables: VariableReader, nodeId: string): ContainerBegin {
    this.#nodeId = nodeId
    const sum = digest(nodeId, readBefore(this.#config, variables))
    this.#isOver = endsLoop(sum)
    return { status: 'begun', inputs: {}, metadata: {}, variables: { sum: new Variable(sum) } }
  }

  next(variables: VariableReader): ContainerStep {
    if (this.#ended < this.#begun) return { type: 'wait' }
    if (!this.#isBroken && !this.#isOver && this.#begun < countOf(this.#config, 'rounds')) {
      const index = this.#begun++
      return { type: 'round', index, variables: { index: new Variable(index) }, isAnnounced: index > 0 }
    }
    const outputs = this.#ended === 0 ? {} : { output: digest(this.#nodeId, [this.#sum(variables), String(this.#ended)]) }
    const outcome = this.#isBroken ? broken : ({ status: 'succeeded', outputs } as const)
    return { type: 'finish', outcome, steps: this.#ended, metadata: {} }
  }

  roundEnded({ status, isBroken }: EndedRound, variables: VariableReader): void {
    this.#ended += 1
    if (status === 'failed') this.#isBroken = true
    this.#isOver = isBroken || endsLoop(this.#sum(variables))
  }

  #sum(variables: VariableReader): string {
    const value = variables.get([this.#nodeId, 'sum'])?.value
    return typeof value === 'string' ? value : ''
  }
}

export const endsLoop = (sum: string): boolean => decide(sum, 4) === 0
