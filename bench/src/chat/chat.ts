import { medianOf } from '../load/quantiles.ts'
import { describeMachine } from '../machine.ts'
import { watchOthers } from '../process/others.ts'
import { memoryOf, processTree } from '../process/process-stats.ts'
import type { ChatFigures } from './figures.ts'
import { pause } from './measure.ts'
import { openProfiler, reportProfile } from './profile.ts'
import { failuresOf, keepReport, renderTable } from './report.ts'
import {
  type Bench,
  firstEvent,
  fullScale,
  idleMemory,
  LONG_ANSWER_TOKENS,
  measureSaturated,
  openStreams,
  quickScale,
  saturated,
} from './scenarios.ts'
import { startLimit, startProvider, type Target } from './target.ts'
import { createHome, prepareTarget, productionServer, startCommand, startServer } from './trellis.ts'

export interface ChatOptions {
  /** Half a minute that only proves that everything runs; keeps no results. */
  readonly isQuick: boolean
  /** Without Trellis: provider and limit alone. */
  readonly isLimitOnly: boolean
  /** Only the saturated scenario, under the profiler: of Trellis, or of the limit where that is all there is. */
  readonly isProfile: boolean
  /** Undefined: as many as the scale says. */
  readonly rounds: number | undefined
}

type Cleanup = (() => Promise<void> | void)[]

/** `npm run bench -- chat`. Resolves to the exit code: 1 where an answer failed or came incomplete, misses of goals notwithstanding. */
export async function runChat(options: ChatOptions): Promise<number> {
  const cleanup: Cleanup = []
  try {
    const provider = await startProvider()
    cleanup.push(() => provider.child.stop())
    const scale = options.isQuick ? quickScale : { ...fullScale, rounds: options.rounds ?? fullScale.rounds }
    const bench: Bench = { provider, scale, say: (text) => console.error(`[bench] ${text}`) }
    return options.isProfile ? await profile(bench, options, cleanup) : await measureAll(bench, options, cleanup)
  } finally {
    for (const undo of cleanup.toReversed()) await undo()
  }
}

async function measureAll(bench: Bench, options: ChatOptions, cleanup: Cleanup): Promise<number> {
  const { scale, provider } = bench
  const limit = await startLimit(provider)
  cleanup.push(() => limit.child.stop())
  const othersPercent = watchOthers()
  const starts = options.isLimitOnly ? undefined : await measureStarts(bench)
  const trellis = options.isLimitOnly ? undefined : await startTrellis(bench, cleanup)
  const targets = trellis ? [limit, trellis.target] : [limit]

  bench.say('warming up')
  await firstEvent({ ...bench, scale: { ...scale, rounds: 1, firstEventMs: scale.warmUpMs }, say: () => {} }, targets, 10)
  const byUsers = []
  for (const users of [1, 10]) byUsers.push({ users, byTarget: await firstEvent(bench, [provider, ...targets], users) })
  // Before anything saturates the heap: what it grew by then would hide what streams need.
  const idleRss = await idleMemory(targets, scale.warmUpMs)
  const streams = []
  for (const count of scale.streamCounts) streams.push(await openStreams(bench, targets, count, idleRss))
  const figures: ChatFigures = {
    ...(starts ? { starts } : {}),
    ...(trellis ? { idle: trellis.idle } : {}),
    firstEvent: byUsers,
    openStreams: streams,
    saturated: await saturated(bench, targets),
  }
  console.log(renderTable(figures))
  const othersCpuPercent = othersPercent()
  if (othersCpuPercent > 10)
    console.log(`\nOther processes took ${othersCpuPercent.toFixed(0)} % of the machine: measure again when it is quiet.`)
  const failures = failuresOf(figures)
  for (const failure of failures) console.log(`failed: ${failure}`)
  if (options.isQuick || options.isLimitOnly) console.log('\nNo results kept (a quick or partial run).')
  else console.log(`\nKept: ${keepReport({ machine: describeMachine(), othersCpuPercent, scale, figures }, new Date()).join(', ')}`)
  return failures.length > 0 ? 1 : 0
}

async function measureStarts({ scale, say }: Bench): Promise<ChatFigures['starts']> {
  const home = createHome()
  try {
    const starts = []
    for (let count = 0; count <= scale.starts; count += 1) {
      say(`start ${count + 1} of ${scale.starts + 1}`)
      const server = await startServer(home.path, { script: startCommand })
      starts.push(server)
      await server.child.stop()
    }
    const [first, ...next] = starts
    return {
      firstHealthMs: first?.healthMs ?? 0,
      firstPageMs: first?.pageMs ?? 0,
      nextHealthMs: medianOf(next.map(({ healthMs }) => healthMs)),
      nextPageMs: medianOf(next.map(({ pageMs }) => pageMs)),
    }
  } finally {
    home.remove()
  }
}

/** A second start, so that migrations of the first are not in its memory; idle is measured before anybody asks it anything. */
async function startTrellis({ provider, scale, say }: Bench, cleanup: Cleanup, nodeOptions: readonly string[] = []) {
  const home = createHome()
  cleanup.push(home.remove)
  const first = await startServer(home.path, { script: productionServer })
  await first.child.stop()
  const server = await startServer(home.path, { script: productionServer, nodeOptions })
  cleanup.push(() => server.child.stop())
  say('idle')
  await pause(scale.idleMs)
  const idle = memoryOf(processTree(server.child.pid))
  return { idle, target: await prepareTarget(server, provider) }
}

async function profile(bench: Bench, options: ChatOptions, cleanup: Cleanup): Promise<number> {
  const inspected = ['--inspect=0']
  const limit = await startLimit(bench.provider, options.isLimitOnly ? inspected : [])
  cleanup.push(() => limit.child.stop())
  const isRested = { ...bench, scale: { ...bench.scale, idleMs: 0 } }
  const target = options.isLimitOnly ? limit : (await startTrellis(isRested, cleanup, inspected)).target
  const profiler = await openProfiler(target.child)
  const run = async (what: Target, title: string): Promise<string> => {
    bench.say(`saturated: ${what.name}, ${title}`)
    const { cpuMs, load } = await measureSaturated(bench, what, bench.scale.saturatedMs)
    const perThousandTokens = cpuMs.target / ((load.answers * LONG_ANSWER_TOKENS) / 1000)
    return `${what.name}, ${title}: ${perThousandTokens.toFixed(2)} ms of CPU per 1,000 tokens, ${JSON.stringify(load.errors)} errors`
  }
  const lines = []
  for (const what of new Set([limit, target])) lines.push(await run(what, 'unprofiled'))
  await profiler.start()
  lines.push(await run(target, 'under the profiler'))
  console.log(reportProfile(await profiler.stop(), `chat-saturated-${target.name}`))
  console.log(lines.join('\n'))
  return 0
}
