import { AppError } from '@trellis/contracts'
import type { Plan, PlanNode } from '@trellis/engine'
import { type Dict, dumpJson, getKey, isDict, isList, type Value } from '@trellis/values'
import { inferType, type Selector, type Variable, VariablePool } from '@trellis/variables'
import type { PlacedVariable } from '../../draft-variables/index.ts'
import { nodeIdsOf } from './trim-graph.ts'

/** A variable that a part of a graph reads, and the names under which a caller may give it. */
export interface NeededVariable {
  readonly names: readonly string[]
  readonly selector: Selector
  /** The node does without it. */
  readonly isOptional: boolean
}

/** What a node reads. The environment's is not to be given. */
export function listRead({ id, node, config }: PlanNode): readonly NeededVariable[] {
  return Object.entries(node.definition.inputs(config)).flatMap(([key, selector]): NeededVariable[] => {
    if (selector.length < 2 || selector[0] === 'env') return []
    const path = selector.join('.')
    const isOptional = node.definition.toleratesAbsence ?? false
    return [{ names: [`${id}.${key}`, key, `#${path}#`, path], selector, isOptional }]
  })
}

/** What a part of a graph reads from outside itself (workflow spec 4.13). */
export const listNeeded = (plan: Plan): readonly NeededVariable[] =>
  [...plan.nodesById.values()].flatMap((node) => listRead(node).filter(({ selector }) => !plan.nodesById.has(selector[0] ?? '')))

/** Nodes outside a part of a graph that it names, in whatever way: their variables may be needed. */
export function listMentioned(whole: Dict, part: Dict): readonly string[] {
  const text = dumpJson(part, { ensureAscii: false })
  const inside = new Set(nodeIdsOf(part))
  return nodeIdsOf(whole).filter((id) => !inside.has(id) && text.includes(id))
}

/** What callers gave under the names of needed variables, file mappings resolved, by the variables' places. */
export async function readGiven(
  needed: readonly NeededVariable[],
  inputs: Readonly<Record<string, Value>>,
  resolveFiles: (mappings: readonly Dict[]) => Promise<readonly Value[]>,
): Promise<readonly { readonly selector: Selector; readonly value: Value }[]> {
  const given: { selector: Selector; value: Value }[] = []
  for (const { names, selector } of needed) {
    const name = names.find((candidate) => Object.hasOwn(inputs, candidate))
    if (name !== undefined) given.push({ selector, value: await withFiles(inputs[name] ?? null, resolveFiles) })
  }
  return given
}

async function withFiles(value: Value, resolveFiles: (mappings: readonly Dict[]) => Promise<readonly Value[]>): Promise<Value> {
  if (isMapping(value)) return (await resolveFiles([value]))[0] ?? null
  if (isList(value) && value.length > 0 && value.every(isMapping)) return resolveFiles(value)
  return value
}

/** What names a file: Dify's form of it. */
const isMapping = (value: Value): value is Dict =>
  value !== null && isDict(value) && getKey(value, 'transfer_method') !== undefined && getKey(value, 'type') !== undefined

/** Puts given values over the variables that there are; a value of a part of an object changes that part. */
export function overlay(
  variables: readonly PlacedVariable[],
  given: readonly { readonly selector: Selector; readonly value: Value }[],
): readonly PlacedVariable[] {
  const placed = new Map(variables.map((variable) => [placeOf(variable.nodeId, variable.name), variable]))
  for (const { selector, value } of given) {
    const [nodeId = '', name = '', ...path] = selector
    const before = placed.get(placeOf(nodeId, name))
    const changed = path.length === 0 ? value : setIn(before?.value ?? {}, path, value)
    placed.set(placeOf(nodeId, name), { nodeId, name, type: inferType(changed), value: changed })
  }
  return [...placed.values()]
}

const placeOf = (nodeId: string, name: string): string => JSON.stringify([nodeId, name])

function setIn(value: Value, [key = '', ...rest]: readonly string[], given: Value): Value {
  const dict = value !== null && isDict(value) ? value : {}
  return { ...dict, [key]: rest.length === 0 ? given : setIn(getKey(dict, key) ?? {}, rest, given) }
}

/** @throws AppError `invalid_param` naming the first variable that has no value */
export function assertPresent(needed: readonly NeededVariable[], variables: Iterable<readonly [Selector, Variable]>): void {
  const pool = new VariablePool()
  for (const [[namespace = '', name = ''], variable] of variables) pool.set(namespace, name, variable)
  const missing = needed.find(({ selector, isOptional }) => !isOptional && !pool.get(selector))
  if (!missing) return
  const path = missing.selector.join('.')
  throw new AppError('invalid_param', {
    message: `The variable "${path}" has no value yet. Run what gives it first, or send it in inputs as "#${path}#".`,
    param: 'inputs',
    refusal: { reason: 'variable_unfilled', values: { path } },
  })
}
