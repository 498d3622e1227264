import { type Dict, dumpJson, parseJson, type Value } from '@trellis/values'
import type { PlacedVariable } from '../draft-variables/index.ts'
import type { RunRow } from '../runs/index.ts'
import type { RunnableWorkflow } from '../workflows/index.ts'
import { type HeldVariable, toConversation } from './conversation-variables.ts'
import type { RunBeginning } from './run-variables.ts'

/** What a run began with, as its row keeps it: enough to begin again. */
export interface StoredBeginning {
  readonly root: string
  readonly inputs: Readonly<Record<string, Value>>
  readonly system: Readonly<Record<string, Value>>
  /** Of chatflows: the conversation's variables. */
  readonly conversation?: readonly HeldVariable[]
  /** Of runs of a part of a draft: what other nodes left. */
  readonly variables?: readonly PlacedVariable[]
  /** Of runs that try another's failure again. */
  readonly amendment?: { readonly executionId: string; readonly variables: readonly PlacedVariable[] }
  readonly retryOf?: string
  /** Nobody has looked yet at what it begins with who must: no node may run. */
  readonly isUnchecked?: true
  /** Of runs of a draft, which may change under them. */
  readonly graph?: Dict
}

// The engine's values are what JSON can hold.
export const writeBeginning = (beginning: StoredBeginning): string => dumpJson(beginning as unknown as Value)

export const readBeginning = (run: Pick<RunRow, 'inputs'>): StoredBeginning | undefined =>
  // Written by `writeBeginning`.
  run.inputs === null ? undefined : (parseJson(run.inputs) as unknown as StoredBeginning)

/** What a run began with, on the workflow that it began on. */
export const toBeginning = (workflow: RunnableWorkflow, stored: StoredBeginning): RunBeginning => ({
  workflow,
  rootId: stored.root,
  inputs: stored.inputs,
  system: stored.system,
  ...(stored.conversation ? { conversation: toConversation(stored.conversation) } : {}),
  ...(stored.variables ? { variables: stored.variables } : {}),
  ...(stored.amendment ? { amendment: stored.amendment } : {}),
})
