import type { GraphCase, OracleObject, OracleResult, OracleValue } from '../case.ts'
import { fromRecordedRequest } from './requests.ts'
import type { Comparable, Row } from './to-result.ts'

/** Where only that there is an error counts, and not its words. */
const ERROR_WORDS: ReadonlySet<string> = new Set(['error', 'error_message', '__reason'])
/** Ours or theirs alone: of the host, of the clock, or told once elsewhere. */
const OWN_METADATA: ReadonlySet<string> = new Set([
  ...['total_price', 'currency', 'iteration_duration_map', 'loop_duration_map', 'tool_info', 'sandbox'],
])
const MODEL_INPUTS: ReadonlySet<string> = new Set(['model_provider', 'model_name', '#files#', '#context#', '#context_files#'])
const ASKS_A_MODEL: ReadonlySet<string> = new Set(['llm', 'question-classifier'])
const PROMPTS_OF_OUR_OWN: ReadonlySet<string> = new Set(['question-classifier', 'parameter-extractor'])

/** What was recorded of graphon, in the forms that are compared. */
export const fromRecorded = (result: OracleResult): Comparable => ({
  status: result.status,
  outputs: result.outputs ?? {},
  exceptions: result.exceptions ?? 0,
  tokens: result.tokens ?? 0,
  steps: result.steps ?? 0,
  conversation: result.conversation ?? {},
  requests: (result.requests ?? []).map(fromRecordedRequest),
  // Whatever its kind, an event is a node's, with values.
  events: (result.events ?? []) as readonly Row[],
})

/** Makes equal what differs by design (the table in ../README.md); the same is done to both sides. */
export function makeEqual(given: GraphCase, result: Comparable): Comparable {
  const kinds = new Map(given.graph.nodes.map(({ id, data }) => [id, String(data.type)]))
  const isInside = new Set(given.graph.nodes.flatMap(({ id, data }) => (data.iteration_id || data.loop_id ? [id] : [])))
  const seen = result.events.filter(
    ({ event, node, iteration, loop }) =>
      !event.endsWith('chunk') || (!iteration && !loop && !(event === 'reasoning_chunk' && isInside.has(node))),
  )
  return {
    ...result,
    outputs: withoutWords(result.outputs),
    events: joinChunks(seen).map((row) => equalRow(row, kinds.get(row.node) ?? '')),
  }
}

function equalRow(row: Row, kind: string): Row {
  const { inputs, processData, metadata, outputs, error, errorType, ...rest } = row
  const equal: Record<string, OracleValue | undefined> = {
    ...rest,
    // What a strategy made good tells its error in the outputs.
    ...(row.event !== 'node_exception' && { error, errorType }),
    outputs: kind === 'http-request' ? withLowerHeaders(outputs) : outputs,
    // Of a model's call that failed ours keeps more, prompts included.
    ...(!(ASKS_A_MODEL.has(kind) && row.event !== 'node_succeeded') && {
      inputs: equalInputs(inputs, kind),
      processData: equalProcessData(processData, kind),
    }),
    metadata: pick(metadata, (key, value) => !OWN_METADATA.has(key) && !(key === 'total_tokens' && value === 0)),
  }
  return { event: row.event, node: row.node, ...Object.fromEntries(Object.entries(equal).flatMap(([key, value]) => part(key, value))) }
}

function equalInputs(value: OracleValue | undefined, kind: string): OracleValue | undefined {
  if (!isObject(value)) return value
  const inputs: OracleObject = pick(value, () => true)
  // Ours lists the variables of the prompt too.
  if (kind === 'llm') return pick(inputs, (key) => MODEL_INPUTS.has(key))
  return kind === 'assigner' ? pick(inputs, (key) => key === 'items') : inputs
}

/** What is empty is as if it were not there. */
function part(key: string, value: OracleValue | undefined): readonly (readonly [string, OracleValue])[] {
  if (value === undefined || (isObject(value) && Object.keys(value).length === 0)) return []
  return [[key, ERROR_WORDS.has(key) ? 'told' : withoutWords(value)]]
}

function equalProcessData(value: OracleValue | undefined, kind: string): OracleValue | undefined {
  if (!isObject(value)) return value
  const kept = pick(value, (key) => !(key === 'prompts' && PROMPTS_OF_OUR_OWN.has(kind)) && !(key === 'request' && kind === 'http-request'))
  return Object.fromEntries(
    Object.entries(kept).map(([key, list]) => {
      // Conditions repeat the node's data; that a message has no files goes without saying.
      const left = key === 'condition_results' ? 'group' : key === 'prompts' ? 'files' : undefined
      // Our words.
      if (key === 'function' && kind === 'parameter-extractor') return [key, pick(list, (name) => name !== 'description')]
      return [key, left && isList(list) ? list.map((each) => pick(each, (name) => name !== left)) : list]
    }),
  )
}

/** A server's names of headers come in lower case; the fake of the recorded cases leaves them. */
function withLowerHeaders(value: OracleValue | undefined): OracleValue | undefined {
  const outputs: OracleObject = pick(value, () => true)
  if (!isObject(outputs.headers)) return value
  const headers = Object.entries(outputs.headers).map(([name, value]) => [name.toLowerCase(), value])
  return { ...outputs, headers: Object.fromEntries(headers) }
}

/** Chunks in a row with the same node and selector are one; a row of them without text is none. */
function joinChunks(rows: readonly Row[]): readonly Row[] {
  const joined: Row[] = []
  for (const row of rows) {
    const last = joined.at(-1)
    const isChunk = row.event.endsWith('chunk')
    if (isChunk && last?.event === row.event && isSame(last.selector, row.selector)) {
      joined[joined.length - 1] = { ...last, text: `${last.text}${row.text}` }
    } else if (!isChunk || row.text !== '') {
      joined.push(isChunk ? { event: row.event, node: '', selector: row.selector, text: row.text } : row)
    }
  }
  return joined
}

function withoutWords(value: OracleValue): OracleValue {
  if (isList(value)) return value.map(withoutWords)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, ERROR_WORDS.has(key) && item ? 'told' : withoutWords(item)]))
}

const pick = (value: OracleValue | undefined, isKept: (key: string, value: OracleValue) => boolean): OracleObject =>
  isObject(value) ? Object.fromEntries(Object.entries(value).filter(([key, item]) => isKept(key, item))) : {}

const isList = (value: OracleValue | undefined): value is readonly OracleValue[] => Array.isArray(value)
const isObject = (value: OracleValue | undefined): value is OracleObject => typeof value === 'object' && value !== null && !isList(value)
const isSame = (one: OracleValue | undefined, other: OracleValue | undefined): boolean => JSON.stringify(one) === JSON.stringify(other)
