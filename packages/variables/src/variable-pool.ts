import { getKey, isDict, type Value } from '@trellis/values'
import { isFile, readFileAttribute } from './file-value.ts'
import { Variable } from './variable.ts'

/** A path to a value: namespace (a node's id, `sys`, `env`, `conversation`), name, then keys of objects or an attribute of a file. */
export type Selector = readonly string[]

/** What nodes see of the pool. */
export interface VariableReader {
  /** The variable; undefined where there is none. */
  get(selector: Selector): Variable | undefined
}

type Namespace = Map<string, Variable>

/** All variables of a run, or of one round of an iteration (workflow spec 3.1). */
export class VariablePool implements VariableReader {
  readonly #namespaces: Map<string, Namespace>
  /** Once there has been a fork: the namespaces that are this pool's alone. Others are copied before they are written. */
  #own: Set<string> | undefined

  constructor(namespaces: Map<string, Namespace> = new Map()) {
    this.#namespaces = namespaces
  }

  get(selector: Selector): Variable | undefined {
    const [namespace, name] = selector
    if (namespace === undefined || name === undefined) return undefined
    const variable = this.#namespaces.get(namespace)?.get(name)
    return variable === undefined || selector.length === 2 ? variable : step(variable, selector)
  }

  set(namespace: string, name: string, variable: Variable): void {
    this.#writable(namespace).set(name, variable)
  }

  /** Writes all outputs of a node at once. */
  setAll(namespace: string, values: Readonly<Record<string, Value | Variable>>): void {
    const target = this.#writable(namespace)
    for (const name of Object.keys(values)) {
      const value = values[name] ?? null
      target.set(name, value instanceof Variable ? value : new Variable(value))
    }
  }

  removeNamespace(namespace: string): void {
    this.#namespaces.delete(namespace)
  }

  /** Names and variables of a namespace, in the order in which they came. */
  entriesOf(namespace: string): readonly (readonly [string, Variable])[] {
    return [...(this.#namespaces.get(namespace) ?? [])]
  }

  /** Replaces a namespace by that of another pool. */
  adopt(namespace: string, from: VariablePool): void {
    const source = from.#namespaces.get(namespace)
    // A fork that has not written it shares it still.
    if (source === this.#namespaces.get(namespace)) return
    this.removeNamespace(namespace)
    if (!source) return
    this.#namespaces.set(namespace, new Map(source))
    this.#own?.add(namespace)
  }

  /** A pool that sees what this one holds now; what either writes from now on is its own. */
  fork(): VariablePool {
    const copy = new VariablePool(new Map(this.#namespaces))
    copy.#own = new Set()
    // This one, too, must not write into what the fork sees.
    if (this.#own) this.#own.clear()
    else this.#own = new Set()
    return copy
  }

  #writable(namespace: string): Namespace {
    const found = this.#namespaces.get(namespace)
    if (found && (!this.#own || this.#own.has(namespace))) return found
    const own: Namespace = new Map(found)
    this.#namespaces.set(namespace, own)
    this.#own?.add(namespace)
    return own
  }
}

function step(variable: Variable, selector: Selector): Variable | undefined {
  let { value } = variable
  for (let depth = 2; depth < selector.length; depth++) {
    const key = selector[depth] ?? ''
    if (isFile(value)) {
      const attribute = readFileAttribute(value, key)
      return attribute === undefined ? undefined : new Variable(attribute)
    }
    const next = isDict(value) ? getKey(value, key) : undefined
    if (next === undefined) return undefined
    value = next
  }
  return new Variable(value)
}
