import type { CodeLimits, CodeOutcome, SandboxFailure, SandboxFailureKind } from '@trellis/spec'
import { isLimited, limitFailure, resultTooLarge } from '../limits.ts'
import type { ChildEnd } from './child.ts'

const MESSAGE_CHARACTERS = 4000
const closed: SandboxFailure = { kind: 'unavailable', message: 'The sandbox was shut down while the code ran.' }
const kinds: readonly SandboxFailureKind[] = ['user-error', 'timeout', 'memory', 'process-limit', 'file-limit']

/** What a call came to, from what its child left behind. */
export function judgeCall(end: ChildEnd, limits: CodeLimits): Omit<Extract<CodeOutcome, { ok: true }>, 'mechanism'> | SandboxFailure {
  const { answer } = end
  if (end.endedFor) return failureOfEnding(end.endedFor, limits)
  if (answer?.status === 'K') {
    const resultJson = answer.payload.toString('utf8')
    return isJson(resultJson)
      ? { ok: true, resultJson, stdout: end.stdout }
      : { kind: 'user-error', message: 'What `main` returned is not JSON.' }
  }
  if (answer?.status === 'E') return toldFailure(answer.payload.toString('utf8'), limits)
  return failureOfDeath(end, limits)
}

/** Why a program did not end well; undefined where it did. */
export function judgeProgram(end: ChildEnd, limits: CodeLimits): SandboxFailure | undefined {
  if (end.endedFor) return failureOfEnding(end.endedFor, limits)
  if (end.exitCode === 0) return undefined
  if (end.exitCode === 1) return { kind: 'user-error', message: lastWords(end) || 'The program ended with exit code 1.' }
  return failureOfDeath(end, limits)
}

function failureOfEnding(endedFor: Exclude<ChildEnd['endedFor'], undefined>, limits: CodeLimits): SandboxFailure {
  if (endedFor === 'timeout') return limitFailure('timeout', limits)
  if (endedFor === 'output') return limitFailure('output-limit', limits)
  if (endedFor === 'result') return resultTooLarge(limits)
  if (endedFor === 'malformed') return { kind: 'user-error', message: 'The code wrote to the channel on which results come.' }
  return closed
}

/** The child's own words, which the code may have forged: only what a failure can be is believed. */
export function toldFailure(text: string, limits: CodeLimits): SandboxFailure {
  const told = isJson(text) ? JSON.parse(text) : undefined
  const message = typeof told?.message === 'string' ? told.message.slice(0, MESSAGE_CHARACTERS) : 'The code failed.'
  const kind = kinds.find((known) => known === told?.kind) ?? 'user-error'
  if (isLimited(kind))
    return { kind, message: [limitFailure(kind, limits).message, told?.message].filter(Boolean).join('\n').slice(0, MESSAGE_CHARACTERS) }
  return { kind, message: withNetworkHint(message) }
}

const NETWORK_WORDS =
  /gaierror|getaddrinfo|fetch failed|ECONNREFUSED|ENETUNREACH|EAI_AGAIN|URLError|urlopen|ProxyError|socket|connect EPERM/i

/** What libraries say where there is no network names everything but that. */
function withNetworkHint(message: string): string {
  return NETWORK_WORDS.test(message) ? `${message}\n(${NO_NETWORK})` : message
}

const NO_NETWORK =
  'Code has no network here unless SANDBOX_ENABLE_NETWORK is on, and then reaches what the policy for outgoing requests lets through.'

const SIGNALS_BASE = 128
const deaths: Readonly<Record<number, 'timeout' | 'file-limit'>> = { 24: 'timeout', 25: 'file-limit' }

/** Nothing was answered. bubblewrap tells the signal that ended its child as an exit code above 128. */
function failureOfDeath(end: ChildEnd, limits: CodeLimits): SandboxFailure {
  const signal = end.exitCode !== null && end.exitCode > SIGNALS_BASE ? end.exitCode - SIGNALS_BASE : 0
  const death = deaths[signal]
  if (death) return limitFailure(death, limits)
  if (/heap out of memory|MemoryError|Fatal process out of memory|FatalProcessOutOfMemory|Cannot allocate memory/i.test(end.stderr))
    return limitFailure('memory', limits)
  const how = signal > 0 ? `by signal ${signal}` : `with exit code ${end.exitCode ?? 'unknown'}`
  const words = lastWords(end)
  return { kind: 'crash', message: `The interpreter was ended ${how} before the code was through.${words ? `\n${words}` : ''}` }
}

const lastWords = (end: ChildEnd): string => end.stderr.trim().slice(-MESSAGE_CHARACTERS)

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
