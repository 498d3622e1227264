import { type Egress, EgressError, type EgressFailure, type EgressResponse } from '@trellis/spec'
import { type AnswerOf, type PointName, type PointParams, points } from './points.ts'

const CONNECT_TIMEOUT_MS = 5_000
const TOTAL_TIMEOUT_MS = 60_000
const MOST_BYTES = 4 * 1024 * 1024
const TOLD_CHARACTERS = 100

export interface ExtensionAccess {
  readonly endpoint: string
  readonly apiKey: string
}

/** Why an extension gave no answer that counts. The message tells neither address nor answer: whoever uses an app may read it. */
export class ExtensionFailure extends Error {
  /** The same for whoever looks after the extension. */
  readonly details: string
  /** And for whoever words it in another language. */
  readonly fault: ExtensionFault

  constructor(message: string, { details = message, fault, cause }: ExtensionFailureOptions) {
    super(message, { cause })
    this.name = 'ExtensionFailure'
    this.details = details
    this.fault = fault
  }
}

interface ExtensionFailureOptions {
  readonly details?: string
  readonly fault: ExtensionFault
  readonly cause?: unknown
}

interface ExtensionFault {
  readonly code: EgressFailure | 'form' | 'status'
  /** What the extension answered, as far as it is shown, and what it should have. */
  readonly values: Readonly<Record<string, string>>
}

/** For a sentence: without what the extension answered, whose words are not for within one. */
export function valuesOf({ code, values: { answer: _answer, ...values } }: ExtensionFault): Readonly<Record<string, string>> {
  return { fault: code, ...values }
}

export interface ExtensionCall<Name extends PointName> {
  readonly access: ExtensionAccess
  readonly point: Name
  readonly params: PointParams[Name]
  readonly signal: AbortSignal
}

/** Asks an extension (plugins-and-models 10). @throws ExtensionFailure, and the signal's reason once it is aborted */
export async function askExtension<Name extends PointName>(
  egress: Egress,
  { access, point, params, signal }: ExtensionCall<Name>,
): Promise<AnswerOf<Name>> {
  const { name, answer, example } = points[point]
  const text = await send(egress, { access, signal, body: JSON.stringify({ point: name, params }) })
  const parsed = answer.safeParse(readJson(text))
  // The answer's schema is that of the point, which its type does not say where the point is any.
  if (parsed.success) return parsed.data as AnswerOf<Name>
  throw new ExtensionFailure(`its answer to ${name} is not of the form ${example}`, {
    details: `its answer to ${name} is not of the form ${example}, but ${beginning(text)}`,
    fault: { code: 'form', values: { example, answer: beginning(text) } },
    cause: parsed.error,
  })
}

interface Sent {
  readonly access: ExtensionAccess
  readonly body: string
  readonly signal: AbortSignal
}

async function send(egress: Egress, { access: { endpoint, apiKey }, body, signal }: Sent): Promise<string> {
  const timeout = AbortSignal.timeout(TOTAL_TIMEOUT_MS)
  let response: EgressResponse
  let text: string
  try {
    response = await egress.request({
      url: endpoint,
      policy: 'content',
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
      body,
      signal: AbortSignal.any([signal, timeout]),
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
      headersTimeoutMs: TOTAL_TIMEOUT_MS,
      idleTimeoutMs: TOTAL_TIMEOUT_MS,
      maxResponseBytes: MOST_BYTES,
    })
    text = await response.text()
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof EgressError)) throw error
    const failure = timeout.aborted ? 'timeout' : error.failure
    throw new ExtensionFailure(reasons[failure], {
      details: failure === 'timeout' ? reasons.timeout : error.message,
      fault: { code: failure, values: {} },
      cause: error,
    })
  }
  if (response.status === 200) return text
  const told = `it answered ${response.status} instead of 200`
  throw new ExtensionFailure(told, {
    details: text.trim() === '' ? told : `${told}: ${beginning(text)}`,
    fault: { code: 'status', values: { status: String(response.status), answer: beginning(text) } },
  })
}

const reasons: Readonly<Record<EgressFailure, string>> = {
  refused: 'its address may not be reached from here',
  connection: 'nothing answers at its address',
  timeout: `it did not answer in time (${CONNECT_TIMEOUT_MS / 1000} seconds to connect, ${TOTAL_TIMEOUT_MS / 1000} in all)`,
  'too-large': `its answer is larger than ${MOST_BYTES / 1024 / 1024} MiB`,
  aborted: 'the call was ended',
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const beginning = (text: string): string => {
  const line = text.trim().replaceAll(/\s+/g, ' ')
  return line === '' ? 'empty' : line.length > TOLD_CHARACTERS ? `${line.slice(0, TOLD_CHARACTERS)}…` : line
}
