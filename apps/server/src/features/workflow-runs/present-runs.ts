import { type Dict, isDict, parseJson, type Value } from '@trellis/values'
import type { RunRow } from '../runs/index.ts'
import { readBeginning } from './stored-beginning.ts'

const seconds = (ms: number): number => Math.floor(ms / 1000)

/** A run's status on the wire: what was cut off by the death of its process failed. */
const toWireStatus = (status: RunRow['status']) => (status === 'interrupted' ? 'failed' : status)

/** What every view of a run has. */
export const presentRun = (run: RunRow) => ({
  id: run.id,
  status: toWireStatus(run.status),
  error: run.error,
  elapsed_time: elapsedSeconds(run),
  total_tokens: run.total_tokens,
  total_steps: run.total_steps ?? 0,
  created_at: seconds(run.created_at),
  finished_at: run.finished_at === null ? null : seconds(run.finished_at),
})

/** How long it was at work: what was cut off does not know, and is told by the clock. */
export const elapsedSeconds = (run: RunRow): number =>
  (run.elapsed_ms ?? (run.finished_at === null ? 0 : Math.max(0, run.finished_at - run.created_at))) / 1000

/** What a caller gave, with the system's variables, as Dify keeps it. */
export function inputsOf(run: RunRow): Record<string, Value> {
  const beginning = readBeginning(run)
  const inputs: Record<string, Value> = { ...beginning?.inputs }
  for (const [name, value] of Object.entries(beginning?.system ?? {})) if (name !== 'conversation_id') inputs[`sys.${name}`] = value
  return inputs
}

export const outputsOf = (run: RunRow): Readonly<Record<string, Value>> => {
  // What a paused run has so far is not its outcome.
  const outputs = run.outputs === null || run.status === 'paused' ? {} : parseJson(run.outputs)
  return isDict(outputs) ? outputs : {}
}

/** The graph of a trial run, as the draft was then; undefined for runs of versions, which never change. */
export function keptGraphOf(run: RunRow): Dict | undefined {
  const graph = readBeginning(run)?.graph
  return graph && isDict(graph) ? graph : undefined
}
