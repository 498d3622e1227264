import type { NodeEndEvent, RunEvent } from '@trellis/contracts'
import type { Value } from '@trellis/values'
import { inferType, type VariableType } from '@trellis/variables'
import type { PlacedVariable } from './placed-variable.ts'

export interface LeftVariable extends PlacedVariable {
  readonly executionId: string | null
  readonly isVisible: boolean
  readonly isEditable: boolean
}

/** Tells of a node without outputs of its own that it has run. */
const DUMMY = '__dummy__'
/** Namespaces that a root's outputs may name by a prefix. */
const prefixes = ['sys', 'env', 'conversation', 'rag'] as const
const editableOfSystem: ReadonlySet<string> = new Set(['query', 'files'])
/** What nodes put out for the trace more than for others. */
const passedOver: Readonly<Record<string, string>> = { llm: 'finish_reason', loop: 'loop_round' }
/** Longer names cannot be referenced, nor stored. */
const MAX_NAME_LENGTH = 255

export interface LeftVariablesOptions {
  /** The system's variables of the run. */
  readonly system: Readonly<Record<string, Value>>
  /** Whether a node stands inside a container of the draft, though the run may be of it alone. */
  readonly isInside: (nodeId: string) => boolean
}

/** What a trial run leaves of variables (workflow spec 4.13), gathered from its events. */
export class LeftVariables {
  readonly #options: LeftVariablesOptions
  readonly #variables = new Map<string, LeftVariable>()
  readonly #nodeIds = new Set<string>()

  constructor(options: LeftVariablesOptions) {
    this.#options = options
  }

  get all(): readonly LeftVariable[] {
    return [...this.#variables.values()]
  }

  /** Nodes whose variables are all here: what was left of them before is out of date. */
  get nodeIds(): readonly string[] {
    return [...this.#nodeIds]
  }

  see(event: RunEvent): void {
    if (event.type === 'variable-update' && event.selector[0] === 'conversation') {
      this.#put('conversation', event.selector[1] ?? '', {
        value: asValue(event.value),
        type: asType(event.valueType),
        executionId: event.executionId,
      })
    }
    if (event.type === 'node-end' && (event.status === 'succeeded' || event.status === 'exception')) this.#seeEnd(event)
  }

  #seeEnd(event: NodeEndEvent): void {
    const { nodeId, nodeType, executionId } = event
    if (nodeType === 'assigner') {
      this.#begin(nodeId)
      this.#putDummy(nodeId, executionId)
      return
    }
    if (event.iterationId !== undefined || event.loopId !== undefined || this.#options.isInside(nodeId)) return
    this.#begin(nodeId)
    const isRoot = nodeType === 'start' || nodeType.startsWith('trigger-')
    let count = 0
    for (const [output, given] of Object.entries(event.outputs ?? {})) {
      if (output === passedOver[nodeType]) continue
      const value = asValue(given)
      const place = isRoot ? placeOf(nodeId, output) : { nodeId, name: output }
      if (place.nodeId === nodeId) count += 1
      this.#put(place.nodeId, place.name, { value, type: asType(event.outputTypes?.[output] ?? inferType(value)), executionId })
    }
    if (!isRoot) return
    if (count === 0) this.#putDummy(nodeId, executionId)
    for (const [name, value] of Object.entries(this.#options.system)) {
      if (value !== null) this.#put('sys', name, { value, type: inferType(value), executionId })
    }
  }

  /** A node that runs again leaves what it left last. */
  #begin(nodeId: string): void {
    this.#nodeIds.add(nodeId)
    for (const [key, variable] of this.#variables) if (variable.nodeId === nodeId) this.#variables.delete(key)
  }

  #putDummy(nodeId: string, executionId: string): void {
    this.#set({ nodeId, name: DUMMY, type: 'none', value: null, executionId, isVisible: false, isEditable: false })
  }

  #put(nodeId: string, name: string, rest: Pick<LeftVariable, 'type' | 'value' | 'executionId'>): void {
    const isOpen = nodeId !== 'sys' || editableOfSystem.has(name)
    if (name !== '' && name.length <= MAX_NAME_LENGTH) this.#set({ nodeId, name, ...rest, isVisible: isOpen, isEditable: isOpen })
  }

  #set(variable: LeftVariable): void {
    this.#variables.set(JSON.stringify([variable.nodeId, variable.name]), variable)
  }
}

function placeOf(nodeId: string, output: string): { readonly nodeId: string; readonly name: string } {
  const prefix = prefixes.find((known) => output.startsWith(`${known}.`))
  return prefix === undefined ? { nodeId, name: output } : { nodeId: prefix, name: output.slice(prefix.length + 1) }
}

// Events are made of values and their types; their contract, which stands below both, cannot say so.
const asValue = (value: unknown): Value => (value ?? null) as Value // as the engine made it
const asType = (type: string): VariableType => type as VariableType // the same
