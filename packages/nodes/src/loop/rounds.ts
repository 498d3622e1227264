import type { ContainerBegin, ContainerLogic, ContainerStep, EndedRound, NodeFailure } from '@trellis/spec'
import type { Dict, Value } from '@trellis/values'
import type { Variable, VariableReader } from '@trellis/variables'
import type { Condition, LogicalOperator } from '../conditions/condition.ts'
import { evaluate } from '../conditions/evaluate.ts'
import { ConditionError } from '../conditions/operators.ts'
import { initialVariable, LoopError, type LoopVariable } from './variables.ts'

interface LoopConfig {
  readonly startNodeId: string
  readonly count: number
  readonly variables: readonly LoopVariable[]
  readonly breakConditions: readonly Condition[]
  readonly logicalOperator: LogicalOperator
}

/** Rounds one after the other over the same variables, until a condition is met or they have been enough (workflow spec 2.16). */
export class LoopRounds implements ContainerLogic {
  readonly kind = 'loop'
  readonly pool = 'shared'
  readonly concurrency = 1
  readonly startNodeId: string
  readonly #config: LoopConfig
  #begun = 0
  #ended = 0
  #isBroken = false
  #failure: NodeFailure | undefined
  /** The loop's variables as the latest round left them. */
  #latest: Dict = {}
  readonly #byRound: Record<string, Value> = {}
  #namespace = ''

  constructor(config: LoopConfig) {
    this.#config = config
    this.startNodeId = config.startNodeId
  }

  begin(variables: VariableReader, nodeId: string): ContainerBegin {
    this.#namespace = nodeId
    const { count } = this.#config
    const initial: Record<string, Variable> = {}
    const inputs: Record<string, Value> = { loop_count: count }
    try {
      for (const variable of this.#config.variables) {
        const made = initialVariable(variable, variables)
        initial[variable.label] = made
        inputs[variable.label] = made.value
      }
    } catch (error) {
      if (!(error instanceof LoopError)) throw error
      return failed(error.message)
    }
    return { status: 'begun', inputs, metadata: { loop_length: count }, variables: initial }
  }

  next(variables: VariableReader): ContainerStep {
    if (this.#ended < this.#begun) return { type: 'wait' }
    if (this.#begun === 0) this.#isBroken = this.#isMetAtFirst(variables)
    if (this.#failure || this.#isBroken || this.#begun >= this.#config.count) return this.#finish()
    const index = this.#begun++
    if (index === 0) return { type: 'round', index, variables: {}, isAnnounced: false }
    return { type: 'round', index, variables: {}, isAnnounced: true, previousOutput: this.#outputs() }
  }

  roundEnded(round: EndedRound, variables: VariableReader): void {
    this.#ended += 1
    this.#latest = this.#read(variables)
    this.#byRound[String(round.index)] = this.#latest
    if (round.status === 'failed') {
      this.#failure = failed(round.error ?? 'A round failed.')
      return
    }
    try {
      this.#isBroken = round.isBroken || this.#isMet(variables)
    } catch (error) {
      if (!(error instanceof ConditionError)) throw error
      this.#failure = failed(error.message)
    }
  }

  /** Before the first round, a condition that cannot be answered yet is not met. */
  #isMetAtFirst(variables: VariableReader): boolean {
    try {
      return this.#isMet(variables)
    } catch (error) {
      if (!(error instanceof ConditionError)) throw error
      return false
    }
  }

  #isMet(variables: VariableReader): boolean {
    const { breakConditions, logicalOperator } = this.#config
    return breakConditions.length > 0 && evaluate(breakConditions, logicalOperator, variables).isMet
  }

  #read(variables: VariableReader): Dict {
    const values: Record<string, Value> = {}
    for (const { label } of this.#config.variables) values[label] = variables.get([this.#namespace, label])?.value ?? null
    return values
  }

  #outputs(): Dict {
    return this.#ended === 0 ? {} : { ...this.#latest, loop_round: this.#ended }
  }

  #finish(): ContainerStep {
    const metadata = { loop_variable_map: this.#byRound }
    const steps = this.#begun === 0 ? 0 : this.#config.count
    if (this.#failure) {
      return { type: 'finish', outcome: { ...this.#failure, metadata }, steps, metadata: { completed_reason: 'error' } }
    }
    return {
      type: 'finish',
      outcome: { status: 'succeeded', outputs: this.#outputs(), metadata },
      steps,
      metadata: { completed_reason: this.#isBroken ? 'loop_break' : 'loop_completed' },
    }
  }
}

const failed = (error: string): NodeFailure => ({ status: 'failed', error, errorType: '' })
