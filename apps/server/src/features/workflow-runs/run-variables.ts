import type { Value } from '@trellis/values'
import { Variable, VariablePool } from '@trellis/variables'
import type { PlacedVariable } from '../draft-variables/index.ts'
import type { RunnableWorkflow } from '../workflows/index.ts'

export interface RunBeginning {
  readonly workflow: RunnableWorkflow
  /** The node that the run begins with; its inputs stand under its name. */
  readonly rootId: string
  readonly inputs: Readonly<Record<string, Value>>
  /** System variables; those that are null are absent (workflow spec 3.2). */
  readonly system: Readonly<Record<string, Value>>
  /** Conversation variables as the conversation has them; absent outside chatflows. */
  readonly conversation?: ReadonlyMap<string, Variable>
  /** Of runs of a part of a draft: what other nodes left in earlier runs. */
  readonly variables?: readonly PlacedVariable[]
  /** Of runs that try another's failure again: what somebody has changed for the node that failed, and all after it. */
  readonly amendment?: { readonly executionId: string; readonly variables: readonly PlacedVariable[] }
}

/** The variables that a run begins with. */
export function createRunPool({ workflow, rootId, inputs, system, conversation, variables }: RunBeginning): VariablePool {
  const pool = new VariablePool()
  for (const { nodeId, name, type, value } of variables ?? []) pool.set(nodeId, name, new Variable(value, type))
  for (const [name, value] of Object.entries(system)) if (value !== null) pool.set('sys', name, new Variable(value))
  for (const { name, variable } of workflow.environmentVariables) pool.set('env', name, variable)
  for (const [name, variable] of conversation ?? []) pool.set('conversation', name, variable)
  pool.setAll(rootId, inputs)
  return pool
}

/** What callers are told that the run began with: its inputs, and the system's but for the conversation. */
export function toReportedInputs({ inputs, system }: Pick<RunBeginning, 'inputs' | 'system'>): Record<string, Value> {
  const reported: Record<string, Value> = { ...inputs }
  for (const [name, value] of Object.entries(system)) if (value !== null && name !== 'conversation_id') reported[`sys.${name}`] = value
  return reported
}
