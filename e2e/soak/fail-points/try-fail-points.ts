import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { RunEvent } from '../../../packages/contracts/src/index.ts'
import { type EffectServer, startEffectServer } from '../effect-server.ts'
import { createRandom, type Random } from '../random.ts'
import { type FailPointGraph, failPointGraphs } from './graphs.ts'
import type { Orders, Position, Report } from './orders.ts'

interface Reader {
  runId: string | undefined
  position: Position | undefined
  text: string
  end: Extract<RunEvent, { readonly type: 'workflow-end' }> | undefined
}

type Over = Extract<Report, { readonly type: 'over' }>

interface Life {
  readonly over: Over | undefined
  readonly error: string
}

interface Undisturbed {
  readonly boundaries: number
  readonly outputs: Readonly<Record<string, unknown>>
  readonly text: string
}

const program = fileURLToPath(new URL('bare-host.ts', import.meta.url))
const LIFE_TIMEOUT_MS = 60_000

/**
 * Kills a bare host at step boundaries of the corpus: at each of them, or at so many spread over all. Every third time the host that
 * takes the run up is killed as well. Resolves to the exit code.
 */
export async function tryFailPoints({ points, seed }: { readonly points: number | undefined; readonly seed: number }): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'trellis-fail-points-'))
  const effects = await startEffectServer(
    () => 5,
    (path, hits) => (failsOnce(path) && hits === 1 ? 503 : 200),
  )
  const trial = new FailPoints({ database: join(folder, 'runs.sqlite'), effects, random: createRandom(seed) })
  const startedAt = performance.now()
  try {
    const plan = await trial.plan(points)
    for (const [index, { graph, dieAt, whole }] of plan.entries()) {
      const complaints = await trial.killAt(graph, dieAt, whole)
      if (complaints.length === 0) continue
      console.log(
        `${graph.name}, killed at boundary ${dieAt} of ${whole.boundaries} (${index + 1} of ${plan.length}), seed ${seed}: failed`,
      )
      for (const complaint of complaints) console.log(`  ${complaint}`)
      return 1
    }
    const seconds = Math.round((performance.now() - startedAt) / 1000)
    console.log(`${plan.length} fail points in ${seconds} s: ${trial.tell()}`)
    return 0
  } finally {
    await effects.close()
    await rm(folder, { recursive: true, force: true })
  }
}

interface Point {
  readonly graph: FailPointGraph
  readonly dieAt: number
  readonly whole: Undisturbed
}

class FailPoints {
  readonly #database: string
  readonly #effects: EffectServer
  readonly #random: Random
  readonly #outcomes = new Map<string, number>()
  #keys = 0

  constructor(options: { readonly database: string; readonly effects: EffectServer; readonly random: Random }) {
    this.#database = options.database
    this.#effects = options.effects
    this.#random = options.random
  }

  /** Runs each graph undisturbed, and tells where it can be killed. */
  async plan(points: number | undefined): Promise<readonly Point[]> {
    const all: Point[] = []
    for (const graph of failPointGraphs(this.#effects.url)) {
      const reader = newReader()
      const { over, error } = await this.#begin(graph, { key: this.#newKey(), reader })
      if (!over || !reader.end) throw new Error(`${graph.name} did not come to its end undisturbed: ${error}`)
      const whole = { boundaries: over.boundaries, outputs: reader.end.outputs, text: reader.text }
      for (let dieAt = 1; dieAt <= over.boundaries; dieAt++) all.push({ graph, dieAt, whole })
    }
    if (points === undefined || points >= all.length) return all
    return Array.from({ length: points }, (_, index) => all[Math.floor((index * all.length) / points)]).filter(
      (point) => point !== undefined,
    )
  }

  async killAt(graph: FailPointGraph, dieAt: number, whole: Undisturbed): Promise<readonly string[]> {
    const key = this.#newKey()
    const reader = newReader()
    let life = await this.#begin(graph, { key, reader, dieAt })
    if (this.#random.between(1, 3) === 1) {
      life = await this.#live({ ...follow(reader), dieAt: this.#random.between(1, whole.boundaries) }, reader)
    }
    if (!life.over) life = await this.#live(follow(reader), reader)
    const complaints = this.#check(graph, { key, reader, over: life.over, whole })
    return life.error === '' ? complaints : [...complaints, life.error]
  }

  /** The first life of a run; the first two of one whose host dies while it waits. */
  async #begin(
    { name, diesAtPause }: FailPointGraph,
    { key, reader, dieAt }: { readonly key: string; readonly reader: Reader; readonly dieAt?: number },
  ): Promise<Life> {
    const start = { graph: name, key }
    const mortal = dieAt === undefined ? {} : { dieAt }
    if (!diesAtPause) return this.#live({ start, ...mortal }, reader)
    const { over, error } = await this.#live({ start, atPause: 'die' }, reader)
    return over || error !== ''
      ? { over: undefined, error: error || 'It was over before it waited' }
      : this.#live({ ...follow(reader), ...mortal }, reader)
  }

  tell = (): string => [...this.#outcomes].map(([outcome, count]) => `${count} ${outcome}`).join(', ')

  #newKey(): string {
    this.#keys += 1
    return `k${this.#keys}`
  }

  #check(
    graph: FailPointGraph,
    seen: { readonly key: string; readonly reader: Reader; readonly over: Over | undefined; readonly whole: Undisturbed },
  ): readonly string[] {
    const { key, reader, over, whole } = seen
    const complaints = [...this.#effects.hits].flatMap(([path, hits]) => {
      const allowed = failsOnce(path) ? 2 : 1
      return path.startsWith('POST ') && path.includes(`/${key}/`) && hits > allowed ? [`${path} happened ${hits} times`] : []
    })
    if (over && over.running > 0) complaints.push(`${over.running} runs count as running`)
    if (over && over.answers > 1) complaints.push(`It went on with its form ${over.answers} times`)
    if (reader.runId === undefined) {
      this.#count('not acknowledged')
      return complaints
    }
    if (!over || !reader.end) return [...complaints, `The run did not come to its end: ${JSON.stringify({ over, reader })}`]
    if (over.status !== reader.end.status) complaints.push(`Its row says ${over.status}, its end ${reader.end.status}`)
    if (over.outputs === null || !isSame(JSON.parse(over.outputs), reader.end.outputs)) {
      complaints.push(`Its row has the outputs ${over.outputs}, its end ${JSON.stringify(reader.end.outputs)}`)
    }
    const { outputs } = reader.end
    for (const [name, value] of Object.entries(whole.outputs)) {
      if (!graph.effects.includes(name) && !isSame(outputs[name], value)) complaints.push(`${name} is ${JSON.stringify(outputs[name])}`)
    }
    const isWhole = isSame(outputs, whole.outputs)
    if (isWhole && reader.text !== whole.text) complaints.push(`The text read is ${JSON.stringify(reader.text)}`)
    if (!isWhole && reader.end.exceptionsCount === 0) complaints.push(`Nothing was cut off, and yet: ${JSON.stringify(outputs)}`)
    this.#count(isWhole ? 'came to the same end' : 'went on without an effect that was cut off')
    return complaints
  }

  #count(outcome: string): void {
    this.#outcomes.set(outcome, (this.#outcomes.get(outcome) ?? 0) + 1)
  }

  /** A life of the host, whose lines go to the reader as a stream goes to a client. */
  async #live(orders: Omit<Orders, 'database' | 'effectUrl'>, reader: Reader): Promise<Life> {
    const all: Orders = { ...orders, database: this.#database, effectUrl: this.#effects.url }
    const child = spawn(process.execPath, [program, JSON.stringify(all)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      // Lives are many, and short: what they load is compiled once.
      env: { ...process.env, NODE_NO_WARNINGS: '1', NODE_COMPILE_CACHE: join(dirname(this.#database), 'compiled') },
      timeout: LIFE_TIMEOUT_MS,
    })
    const ended = new Promise<number | NodeJS.Signals | null>((resolve) => child.once('close', (code, signal) => resolve(signal ?? code)))
    let error = ''
    child.stderr.on('data', (chunk) => {
      error += chunk
    })
    let over: Over | undefined
    for await (const line of createInterface({ input: child.stdout })) {
      // As the host wrote it.
      const report = JSON.parse(line) as Report
      if (report.type === 'over') over = report
      else if (report.type === 'started') reader.runId = report.runId
      else read(reader, report)
    }
    const end = await ended
    const isMortal = orders.dieAt !== undefined || orders.atPause === 'die'
    if (end !== 0 && !(end === 'SIGKILL' && isMortal)) error = `The host ended with ${end}: ${error}`
    else error = ''
    return { over, error }
  }
}

const failsOnce = (path: string): boolean => path.endsWith('/fails-once')

const newReader = (): Reader => ({ runId: undefined, position: undefined, text: '', end: undefined })

const follow = ({ runId, position }: Reader): Pick<Orders, 'follow'> =>
  runId === undefined ? {} : { follow: { runId, ...(position ? { after: position } : {}) } }

function read(reader: Reader, { epoch, firstOffset, events }: Extract<Report, { readonly type: 'events' }>): void {
  reader.position = { epoch, offset: firstOffset + events.length - 1 }
  for (const event of events) {
    if (event.type === 'text-delta') reader.text += event.text
    else if (event.type === 'text-replace') reader.text = event.text
    else if (event.type === 'workflow-end') reader.end = event
  }
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
