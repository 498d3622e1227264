/** What can go wrong, by the name that a model name, a header or an option asks for it. */
export const faultKinds = [
  'unauthorized',
  'forbidden',
  'rate-limit',
  'server-error',
  'unavailable',
  'context-length',
  'prompt-filter',
  'model-not-found',
  'slow-headers',
  'hang',
  'html',
  'garbage',
  'not-json',
  'empty',
  'reset',
  'stall',
  'error-midstream',
  'garbage-midstream',
  'truncated-json',
  'no-done',
  'cut-short',
  'content-filter',
] as const
export type FaultKind = (typeof faultKinds)[number]

/** How one answer is given. */
export interface FakeBehaviour {
  /** Length of the generated answer, where `text` says nothing else. */
  readonly tokens: number
  /** Tokens a second; 0 = as fast as the caller takes them. */
  readonly rate: number
  /** Milliseconds from the request to the first token. */
  readonly first: number
  /** Server-sent frames that travel in one HTTP chunk. */
  readonly group: number
  /** Writes the stream in pieces of so many bytes, whatever they cut; 0 = whole frames. */
  readonly split: number
  /** Every token is the moment of its sending: `t<microseconds of the machine's monotonic clock, base 36> `. */
  readonly stamp: boolean
  /** The exact answer, word by word, or the exact deltas. */
  readonly text?: string | readonly string[] | undefined
  /** Reasoning told before the answer, as `reasoning_content`. */
  readonly reasoning?: string | undefined
  readonly fault?: FaultKind | undefined
  /** A stream that stops after so many tokens until somebody lets it go on, where `rate` paces it. */
  readonly hold?: { readonly after: number; readonly until: Promise<void> } | undefined
  /** Tokens sent before a fault in mid-stream. */
  readonly after: number
  /** The fault befalls only the first so many requests for the same model; 0 = all of them. */
  readonly times: number
  /** `Retry-After` of refusals, in seconds; 0 = no such header. */
  readonly retry: number
  /** Milliseconds before the headers of an answer that is slow with them. */
  readonly delay: number
  /** Tokens that the usage tells of the answer; 0 = those that were sent. Providers count what a model thought in silence as well. */
  readonly counted: number
}

export const defaultBehaviour: FakeBehaviour = {
  tokens: 20,
  rate: 0,
  first: 0,
  group: 1,
  split: 0,
  stamp: false,
  after: 3,
  times: 0,
  retry: 1,
  delay: 5_000,
  counted: 0,
}

const numericKeys = ['tokens', 'rate', 'first', 'group', 'split', 'after', 'times', 'retry', 'delay', 'counted'] as const
type NumericKey = (typeof numericKeys)[number]
const isNumericKey = (key: string): key is NumericKey => numericKeys.some((known) => known === key)
const isFaultKind = (value: string): value is FaultKind => faultKinds.some((known) => known === value)

/** The caller asked for a behaviour that there is not. */
export class UnknownBehaviourError extends Error {}

/** `fake-tokens=200-rate=20-fault=rate-limit` to its settings; any other name to none. */
export function parseModelName(model: string): Partial<FakeBehaviour> {
  if (!model.startsWith('fake-') || !model.includes('=')) return {}
  const settings = [...model.slice('fake-'.length).matchAll(/([a-z]+)=(.*?)(?=-[a-z]+=|$)/g)]
  return parseSettings(settings.map(([, key = '', value = '']) => [key, value]))
}

/** `tokens=200&rate=20&text=Hello%20there` (the header `x-fake-behaviour`) to its settings. */
export const parseBehaviourHeader = (header: string): Partial<FakeBehaviour> => parseSettings([...new URLSearchParams(header)])

/** Settings by name, as they come from a header, a model name or the command line. @throws UnknownBehaviourError */
export function parseSettings(settings: readonly (readonly [key: string, value: string])[]): Partial<FakeBehaviour> {
  const behaviour: { -readonly [Key in keyof FakeBehaviour]?: FakeBehaviour[Key] } = {}
  for (const [key, value] of settings) {
    if (isNumericKey(key)) behaviour[key] = parseCount(key, value)
    else if (key === 'stamp') behaviour.stamp = value !== '0' && value !== 'false'
    else if (key === 'text' || key === 'reasoning') behaviour[key] = value
    else if (key === 'fault') behaviour.fault = parseFault(value)
    else
      throw new UnknownBehaviourError(
        `unknown setting "${key}"; known: ${[...numericKeys, 'stamp', 'text', 'reasoning', 'fault'].join(', ')}`,
      )
  }
  return behaviour
}

function parseCount(key: NumericKey, value: string): number {
  const count = Number(value)
  if (value === '' || !Number.isFinite(count) || count < 0)
    throw new UnknownBehaviourError(`"${key}" must be a number from 0 up, not "${value}"`)
  return count
}

function parseFault(value: string): FaultKind {
  if (isFaultKind(value)) return value
  throw new UnknownBehaviourError(`unknown fault "${value}"; known: ${faultKinds.join(', ')}`)
}
