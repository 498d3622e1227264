import type { RunEvent } from '../../../../packages/contracts/src/index.ts'
import type { Dict, Value } from '../../../../packages/values/src/index.ts'
import type { GraphCase, OracleObject, OracleValue } from '../case.ts'
import { type ComparableRequest, fromSent } from './requests.ts'
import type { OurRun } from './run-with-trellis.ts'
import { encode } from './values.ts'

/** An event of a result, as far as comparing needs it. */
export type Row = { readonly event: string; readonly node: string } & { readonly [key: string]: OracleValue | undefined }

/** A result in the forms that are compared. */
export interface Comparable {
  readonly status: string
  readonly outputs: OracleValue
  readonly exceptions: number
  readonly tokens: number
  readonly steps: number
  readonly conversation: OracleValue
  /** What went out over HTTP, in its order. */
  readonly requests: readonly ComparableRequest[]
  readonly events: readonly Row[]
}

export function toComparable(given: GraphCase, { run, events, requests }: OurRun): Comparable {
  if (!run) return { status: 'refused', outputs: {}, exceptions: 0, tokens: 0, steps: 0, conversation: {}, requests: [], events: [] }
  return {
    status: run.status,
    outputs: encode(run.outputs),
    exceptions: run.exceptionsCount,
    tokens: run.usage?.totalTokens ?? 0,
    steps: run.steps,
    conversation: conversationOf(given, run),
    requests: requests.map(fromSent),
    events: events.flatMap(toRow),
  }
}

function conversationOf({ conversationVariables = [] }: GraphCase, run: NonNullable<OurRun['run']>): OracleObject {
  return Object.fromEntries(
    conversationVariables.map(({ name }) => {
      const variable = run.pool.get(['conversation', name])
      return [name, { type: variable?.type ?? 'none', value: encode(variable?.value ?? null) }]
    }),
  )
}

function toRow(event: RunEvent): readonly Row[] {
  switch (event.type) {
    case 'node-start':
      return [{ event: 'node_started', ...placeOf(event) }]
    case 'node-end':
      return [{ event: `node_${event.status}`, ...placeOf(event), ...outcomeOf(event), handle: handleOf(event.handle) }]
    case 'node-retry':
      return [{ event: 'node_retry', ...placeOf(event), ...outcomeOf(event), retry: event.retryIndex }]
    case 'variable-update':
      return [
        { event: 'variable_updated', ...placeOf(event), selector: event.selector, type: event.valueType, value: asCaseValue(event.value) },
      ]
    case 'container-start':
      return [{ event: `${event.kind}_started`, ...placeOf(event), ...recordOf(event) }]
    case 'container-round':
      return [{ event: `${event.kind}_next`, ...placeOf(event), index: event.index, previous: asCaseValue(event.previousOutput ?? null) }]
    case 'container-end':
      return [{ event: `${event.kind}_${event.status}`, ...placeOf(event), ...recordOf(event), steps: event.steps, error: event.error }]
    case 'text-delta':
      // Text from inside containers is shown by ours alone.
      if (event.iterationId !== undefined || event.loopId !== undefined) return []
      return [{ event: 'chunk', node: event.nodeId ?? '', selector: event.from ?? [], text: event.text, final: false }]
    case 'reasoning-delta': {
      const node = event.nodeId ?? ''
      return [{ event: 'reasoning_chunk', node, selector: [node, 'reasoning_content'], text: event.text, final: event.isFinal ?? false }]
    }
    default:
      return []
  }
}

interface Placed {
  readonly nodeId: string
  readonly iterationId?: string | undefined
  readonly iterationIndex?: number | undefined
  readonly loopId?: string | undefined
  readonly loopIndex?: number | undefined
}

const placeOf = ({ nodeId, iterationId, iterationIndex, loopId, loopIndex }: Placed) => ({
  node: nodeId,
  ...(iterationId !== undefined && { iteration: [iterationId, iterationIndex ?? null] }),
  ...(loopId !== undefined && { loop: [loopId, loopIndex ?? null] }),
})

interface Recorded {
  readonly inputs?: Readonly<Record<string, unknown>> | undefined
  readonly processData?: Readonly<Record<string, unknown>> | undefined
  readonly outputs?: Readonly<Record<string, unknown>> | undefined
  readonly metadata?: Readonly<Record<string, unknown>> | undefined
  readonly usage?: { readonly totalTokens: number } | undefined
}

const recordOf = ({ inputs = {}, processData = {}, outputs = {}, metadata = {}, usage }: Recorded) => ({
  inputs: asCaseValue(inputs),
  processData: asCaseValue(processData),
  outputs: asCaseValue(outputs),
  metadata: asCaseValue({ ...metadata, ...(usage && { total_tokens: usage.totalTokens }) }),
})

const outcomeOf = (event: Recorded & { readonly error?: string | undefined; readonly errorType?: string | undefined }) => ({
  ...recordOf(event),
  error: event.error || undefined,
  errorType: event.errorType || undefined,
})

const handleOf = (handle: string | undefined): string | undefined => (handle === 'source' ? undefined : handle)

/** Events carry values; their schema does not look into them. */
const asCaseValue = (value: unknown): OracleValue => encode(value as Value | Dict)
