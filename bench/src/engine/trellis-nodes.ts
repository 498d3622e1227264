import { z } from 'zod'
import type { NodeType } from '../../../packages/spec/src/index.ts'
import type { Dict, Value } from '../../../packages/values/src/index.ts'
import type { VariableReader } from '../../../packages/variables/src/index.ts'

const selectorSchema = z.array(z.string())

/** Adds to the first number that is there: as little work as a node can have that reads and writes a variable. */
const addNode = defineTrivial('bench-add', z.object({ from: z.array(selectorSchema), by: z.number() }), ({ from, by }, variables) => ({
  n: numberAt(from.find((selector) => variables.get(selector)) ?? [], variables) + by,
}))

/** The sum of numbers. */
const sumNode = defineTrivial('bench-sum', z.object({ of: z.array(selectorSchema) }), ({ of }, variables) => ({
  n: of.reduce((sum, selector) => sum + numberAt(selector, variables), 0),
}))

/** The numbers from 1 on. */
const countNode = defineTrivial('bench-count', z.object({ to: z.number() }), ({ to }) => ({
  list: Array.from({ length: to }, (_, index) => index + 1),
}))

/** The sum of a list. */
const totalNode = defineTrivial('bench-total', z.object({ of: selectorSchema }), ({ of }, variables) => {
  const list = variables.get(of)?.value
  return { n: Array.isArray(list) ? list.reduce((sum: number, item: Value) => sum + Number(item), 0) : Number.NaN }
})

/** Node types of the bench, by name. */
export const benchNodes: ReadonlyMap<string, NodeType> = new Map(
  [addNode, sumNode, countNode, totalNode].map((node) => [node.definition.type, node]),
)

function defineTrivial<Config>(
  type: string,
  config: z.ZodType<Config>,
  work: (config: Config, variables: VariableReader) => Dict,
): NodeType {
  const node: NodeType<Config> = {
    definition: { type, version: '1', executionClass: 'executable', canRetry: false, config, effect: () => 'pure', inputs: () => ({}) },
    execute: (context) => ({ status: 'succeeded', outputs: work(context.config, context.variables) }),
  }
  // A node gets the configuration that its own schema has read.
  return node as NodeType
}

function numberAt(selector: readonly string[], variables: VariableReader): number {
  const value = variables.get(selector)?.value
  return typeof value === 'number' ? value : Number.NaN
}
