import {
  type CodeCaller,
  type CodeOutcome,
  type Egress,
  EgressError,
  type ProgramOutcome,
  type ProgramRequest,
  type ProgramRunner,
  type SandboxFailure,
  type SandboxFailureKind,
} from '@trellis/spec'
import { z } from 'zod'
import { unwrapResult, wrapCode } from './wrap-code.ts'

export interface RemoteOptions {
  /** Without a trailing slash. */
  readonly url: string
  readonly apiKey: string
  readonly egress: Egress
  readonly connectTimeoutMs: number
  /** Until the answer has come: longer than the remote lets code run. */
  readonly readTimeoutMs: number
  readonly outputBytes: number
}

export interface Remote extends ProgramRunner, CodeCaller {
  /** @throws a sentence that says what does not answer and what to do */
  check(): Promise<void>
}

const MECHANISM = 'remote'
const settings = 'CODE_EXECUTION_ENDPOINT and CODE_EXECUTION_API_KEY'

const envelopeSchema = z.object({
  code: z.number(),
  message: z.string(),
  data: z
    .object({ stdout: z.string(), error: z.string(), stderr: z.string().optional(), exit_code: z.number().optional() })
    .nullish()
    .catch(undefined),
})

/** A sandbox elsewhere, by dify-sandbox's API: the original, or another Trellis in the role `sandbox`. */
export function createRemote(options: RemoteOptions): Remote {
  const { url, egress } = options

  async function post(request: ProgramRequest, signal: AbortSignal): Promise<ProgramOutcome> {
    const { language, code, preload = '', enableNetwork = false, limits } = request
    const headersTimeoutMs = Math.max(options.readTimeoutMs, limits?.timeoutMs ?? 0)
    const response = await egress.request({
      url: `${url}/v1/sandbox/run`,
      policy: 'operator',
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': options.apiKey },
      body: JSON.stringify({ language, code, preload, enable_network: enableNetwork }),
      signal,
      connectTimeoutMs: options.connectTimeoutMs,
      headersTimeoutMs,
      idleTimeoutMs: options.readTimeoutMs,
      maxResponseBytes: 4 * options.outputBytes,
    })
    const text = await response.text()
    if (response.status === 401) return refused(`The sandbox at ${url} does not know this key: check ${settings}.`)
    const envelope = envelopeSchema.safeParse(parseJson(text))
    if (!envelope.success)
      return refused(`What answers at ${url} (status ${response.status}) does not speak the sandbox API: check ${settings}.`)
    const { code: answer, message, data } = envelope.data
    if (answer !== 0 || !data) return refused(`The sandbox at ${url} refused: ${message}.${answer === -503 ? ' Try again later.' : ''}`)
    return {
      stdout: data.stdout,
      stderr: data.stderr ?? data.error,
      exitCode: data.exit_code,
      failure: data.error.trim() === '' ? undefined : toFailure(data.error, data.stderr ?? ''),
      mechanism: MECHANISM,
    }
  }

  async function run(request: ProgramRequest, signal: AbortSignal): Promise<ProgramOutcome> {
    try {
      return await post(request, signal)
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof EgressError)) throw error
      return refused(`The sandbox at ${url} does not answer: ${error.message}`)
    }
  }

  return {
    run,
    async call(call, signal): Promise<CodeOutcome> {
      const { language, enableNetwork, limits } = call
      const outcome = await run(
        {
          language: language === 'javascript' ? 'nodejs' : 'python3',
          code: wrapCode(call),
          ...(enableNetwork === undefined ? {} : { enableNetwork }),
          ...(limits === undefined ? {} : { limits }),
        },
        signal,
      )
      if (outcome.failure) return { ok: false, error: outcome.failure, mechanism: MECHANISM }
      const result = unwrapResult(outcome.stdout)
      return result
        ? { ok: true, ...result, mechanism: MECHANISM }
        : { ok: false, error: { kind: 'user-error', message: 'The code ended before `main` returned a result.' }, mechanism: MECHANISM }
    },
    async check() {
      const outcome = await run({ language: 'python3', code: 'print(1)' }, AbortSignal.timeout(10_000))
      if (outcome.failure) throw new Error(outcome.failure.message)
    },
  }
}

function refused(message: string): ProgramOutcome {
  return { stdout: '', stderr: '', exitCode: undefined, failure: { kind: 'unavailable', message }, mechanism: MECHANISM }
}

/** Our own service tells of a limit in the words of `limits.ts`; the original leaves it to the interpreter's. */
const limitWords: readonly (readonly [SandboxFailureKind, RegExp])[] = [
  ['memory', /more memory than|MemoryError|heap out of memory/],
  ['output-limit', /printed more than|longer than \d+ bytes as JSON/],
  ['process-limit', /processes and threads at a time/],
  ['file-limit', /MB to files/],
]

/** The original tells of every failure in one text. */
function toFailure(error: string, stderr: string): SandboxFailure {
  const text = `${error.trim()}${stderr.trim() === '' ? '' : `\n${stderr.trim()}`}`.slice(0, 4000)
  if (/^error: timeout/i.test(error))
    return { kind: 'timeout', message: 'The code ran longer than the remote sandbox allows. Let it do less, or raise its WORKER_TIMEOUT.' }
  if (/operation not permitted/i.test(error))
    return { kind: 'user-error', message: `The code asked the system for something that the remote sandbox forbids.\n${text}` }
  const [kind] = limitWords.find(([, words]) => words.test(text)) ?? []
  return kind ? { kind, message: text } : { kind: 'user-error', message: text }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
