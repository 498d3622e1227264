import type { ContainerBegin, ContainerLogic, ContainerStep, EndedRound, NodeFailure } from '@trellis/spec'
import { isList, type List, type Value } from '@trellis/values'
import { type Selector, Variable, type VariableReader } from '@trellis/variables'

interface IterationConfig {
  readonly iterator: Selector
  /** What each round results in. */
  readonly result: Selector
  readonly startNodeId: string
  readonly concurrency: number
  readonly onError: 'terminated' | 'continue-on-error' | 'remove-abnormal-output'
  readonly isFlattened: boolean
}

/** A round an item, several at a time where configured; results stand in the order of the items (workflow spec 2.15). */
export class IterationRounds implements ContainerLogic {
  readonly kind = 'iteration'
  readonly pool = 'forked'
  readonly startNodeId: string
  readonly concurrency: number
  readonly #config: IterationConfig
  #items: List = []
  #input: Variable = new Variable([])
  /** By index; rounds that have no result leave a hole. */
  #results: (Value | undefined)[] = []
  #begun = 0
  #ended = 0
  #failure: NodeFailure | undefined

  constructor(config: IterationConfig) {
    this.#config = config
    this.startNodeId = config.startNodeId
    this.concurrency = config.concurrency
  }

  begin(variables: VariableReader): ContainerBegin {
    const path = this.#config.iterator.join('.')
    const input = variables.get(this.#config.iterator)
    if (!input) return failed(`The list to iterate over, "${path}", is not there.`)
    const { value } = input
    if (value !== null && !isList(value)) return failed(`"${path}" is of the type ${input.type}; an iteration needs a list.`)
    this.#input = input
    this.#items = value ?? []
    this.#results = new Array<Value | undefined>(this.#items.length)
    return {
      status: 'begun',
      inputs: { iterator_selector: this.#items },
      metadata: { iteration_length: this.#items.length },
    }
  }

  next(): ContainerStep {
    if (!this.#failure && this.#begun < this.#items.length) {
      if (this.#begun - this.#ended >= this.concurrency) return { type: 'wait' }
      const index = this.#begun++
      const variables = { item: new Variable(this.#items[index] ?? null), index: new Variable(index) }
      return { type: 'round', index, variables, isAnnounced: true }
    }
    if (this.#ended < this.#begun) return { type: 'wait' }
    const outputs = { output: this.#output() }
    return {
      type: 'finish',
      outcome: this.#failure ? { ...this.#failure, outputs } : { status: 'succeeded', outputs },
      steps: this.#items.length,
      metadata: {},
    }
  }

  roundEnded(round: EndedRound): void {
    this.#ended += 1
    if (round.status === 'succeeded') this.#results[round.index] = round.variables.get(this.#config.result)?.value ?? null
    else if (this.#config.onError === 'terminated') this.#failure ??= failed(round.error ?? 'A round failed.')
    else if (this.#config.onError === 'continue-on-error') this.#results[round.index] = null
  }

  #output(): Value | Variable {
    // An empty list has the type of the one that it came from.
    if (this.#items.length === 0) return new Variable([], this.#input.value === null ? 'array[any]' : this.#input.type)
    const results = this.#results.filter((result) => result !== undefined)
    return this.#config.isFlattened ? flatten(results) : results
  }
}

/** Lists become one where all results are lists; a result that is not there does not count. */
function flatten(results: List): List {
  const present = results.filter((result) => result !== null)
  return present.length > 0 && present.every(isList) ? present.flat() : results
}

const failed = (error: string): NodeFailure => ({ status: 'failed', error, errorType: '' })
