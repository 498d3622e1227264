// The load client, a process of its own: takes one LoadTask as its argument, tells its parent of the measurement by IPC.
import { Agent, type IncomingMessage, request } from 'node:http'
import { createSharedClock } from '../../../tools/fake-openai/index.ts'
import { createFrameScanner } from './frame-scanner.ts'
import { quantilesOf } from './quantiles.ts'
import type { LoadMessage, LoadResult, LoadTask } from './task.ts'

type Phase = 'ramp' | 'settle' | 'measure' | 'over'

interface Samples {
  readonly firstEventMs: number[]
  readonly totalMs: number[]
  readonly rampLatenessMs: number[]
  /** One list a user. */
  readonly latenessMs: number[][]
  readonly errors: Map<string, number>
  answers: number
  frames: number
  tokens: number
}

function createLoad(task: LoadTask) {
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY, noDelay: true })
  const target = new URL(task.url)
  const sharedNowMs = createSharedClock()
  const isStamped = task.kind === 'hold'
  const samples: Samples = {
    firstEventMs: [],
    totalMs: [],
    rampLatenessMs: [],
    latenessMs: Array.from({ length: task.users }, () => []),
    errors: new Map(),
    answers: 0,
    frames: 0,
    tokens: 0,
  }
  let phase: Phase = 'ramp'

  const fail = (reason: string): void => {
    if (phase !== 'over') samples.errors.set(reason, (samples.errors.get(reason) ?? 0) + 1)
  }

  /** Asks once; true where the answer came whole. */
  const ask = (user: number): Promise<boolean> =>
    new Promise((resolve) => {
      const body = task.body.replaceAll('%USER%', String(user))
      const isMeasured = phase === 'measure'
      const startedAt = performance.now()
      let isAnswered = false
      const lateness = samples.latenessMs[user] ?? []
      let characters = 0
      const scan = createFrameScanner(task.textKey, isStamped, {
        onText(length) {
          characters += length
          if (phase === 'measure') samples.frames += 1
          if (isAnswered) return
          isAnswered = true
          if (isMeasured) samples.firstEventMs.push(performance.now() - startedAt)
        },
        onStamp(sentAtMicroseconds) {
          const late = sharedNowMs() - sentAtMicroseconds / 1000
          if (phase === 'measure') {
            lateness.push(late)
            samples.tokens += 1
          } else if (phase === 'ramp') samples.rampLatenessMs.push(late)
        },
        onFailure: (frame) => fail(`in the stream: ${frame.slice(0, 200)}`),
      })
      const finish = (reason?: string): void => {
        if (reason) fail(reason)
        else if (phase === 'measure') {
          samples.answers += 1
          if (isMeasured) samples.totalMs.push(performance.now() - startedAt)
        }
        resolve(reason === undefined)
      }
      const read = (response: IncomingMessage): void => {
        response.setEncoding('latin1')
        if (response.statusCode !== 200) {
          let text = ''
          response.on('data', (chunk: string) => {
            text += chunk
          })
          response.once('end', () => finish(`HTTP ${response.statusCode}: ${text.slice(0, 200)}`))
          return
        }
        response.on('data', scan)
        response.once('end', () => finish(checkAnswer(characters)))
        response.once('error', (error) => finish(error.message))
      }
      const outgoing = request(
        {
          agent,
          host: target.hostname,
          port: target.port,
          path: target.pathname + target.search,
          method: 'POST',
          headers: { ...task.headers, 'content-length': Buffer.byteLength(body) },
        },
        read,
      )
      outgoing.once('error', (error) => finish(error.message))
      outgoing.end(body)
    })

  const checkAnswer = (characters: number): string | undefined => {
    if (task.kind === 'hold') return 'a held stream ended early'
    if (task.expectedCharacters === undefined || characters === task.expectedCharacters) return undefined
    return `an answer of ${characters} characters instead of ${task.expectedCharacters}`
  }

  const runUser = async (user: number): Promise<void> => {
    do {
      // A target that refuses at once must not be asked ten thousand times a second.
      if (!(await ask(user))) await pause(100)
    } while (task.kind === 'loop' && phase !== 'over')
  }

  return {
    samples,
    runUser,
    enter: (next: Phase) => {
      phase = next
    },
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const tell = (message: LoadMessage): Promise<void> =>
  new Promise((resolve) => process.send?.(message, undefined, undefined, () => resolve()))

async function run(task: LoadTask): Promise<void> {
  const load = createLoad(task)
  const rampStart = performance.now()
  for (let user = 0; user < task.users; user += 1) {
    const wait = rampStart + (user * task.rampMs) / task.users - performance.now()
    if (wait > 0) await pause(wait)
    void load.runUser(user)
  }
  load.enter('settle')
  await pause(task.settleMs)
  load.enter('measure')
  void tell({ type: 'measure-start' })
  const start = performance.now()
  await pause(task.measureMs)
  load.enter('over')
  const measuredMs = performance.now() - start
  void tell({ type: 'measure-end' })
  await tell({ type: 'result', result: summarise(load.samples, measuredMs) })
  // Open streams are cut: that a caller leaves is none of the measurement's business.
  process.exit(0)
}

function summarise(samples: Samples, measuredMs: number): LoadResult {
  return {
    firstEventMs: quantilesOf(samples.firstEventMs),
    totalMs: quantilesOf(samples.totalMs),
    answers: samples.answers,
    frames: samples.frames,
    tokens: samples.tokens,
    latenessMs: quantilesOf(samples.latenessMs.flat()),
    worstStreamP95Ms: samples.latenessMs.reduce((worst, stream) => Math.max(worst, quantilesOf(stream).p95), 0),
    rampLatenessMs: quantilesOf(samples.rampLatenessMs),
    measuredMs,
    errors: Object.fromEntries(samples.errors),
  }
}

// The parent is our own bench, which sends a LoadTask.
await run(JSON.parse(process.argv[2] ?? '{}') as LoadTask)
