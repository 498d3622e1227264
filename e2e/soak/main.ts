// npm run soak -- chat|runs [--rounds N] [--seed N] [--cluster]
import { parseArgs } from 'node:util'
import { startFakeOpenai } from '../../tools/fake-openai/index.ts'
import { setUp } from '../console.ts'
import { tryFailPoints } from './fail-points/try-fail-points.ts'
import { type Installation, startCluster, startSingle } from './installation.ts'
import { createRandom } from './random.ts'
import { type App, playRound, type RoundResult, respond, type Script } from './round.ts'
import { soakWorkflows } from './workflows.ts'

const USAGE = `Usage: npm run soak -- chat [--rounds N] [--seed N] [--cluster]
       npm run soak -- runs [--fail-points] [--rounds N] [--seed N]
  Kills the built server with SIGKILL at random moments of answers, starts it again, and holds what it says against what callers saw.
  chat: answers of a chatbot; runs: workflows with effects outside, counted at a server of ours
  --fail-points  kills a host without a server at each boundary between two steps of a corpus of graphs, or at N of them (--rounds)
  --rounds N   how many times, 1,000 by default (20 with --cluster, where each waits for a lease to expire)
  --seed N     the chance of an earlier run again; its moments still depend on the machine
  --cluster    two processes on PostgreSQL and Redis, one of which is killed while the other takes over`

const ROUNDS = 1000
const CLUSTER_ROUNDS = 20
const ROUNDS_A_REPORT = 10

async function main(parameters: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...parameters],
    allowPositionals: true,
    options: {
      rounds: { type: 'string' },
      seed: { type: 'string' },
      cluster: { type: 'boolean', default: false },
      'fail-points': { type: 'boolean', default: false },
    },
  })
  const rounds = Number(values.rounds ?? (values.cluster ? CLUSTER_ROUNDS : ROUNDS))
  const seed = Number(values.seed ?? Date.now() % 1_000_000)
  if (positionals.length !== 1 || !isScene(positionals[0]) || !isCount(rounds) || !isCount(seed)) {
    console.error(USAGE)
    return 2
  }
  if (values['fail-points']) return tryFailPoints({ points: values.rounds === undefined ? undefined : rounds, seed })
  console.log(`${rounds} rounds with seed ${seed}`)
  if (positionals[0] === 'runs') return soakWorkflows({ rounds, seed })
  const script: Script = new Map()
  const provider = await startFakeOpenai({ respond: (request) => respond(script, request), keepRequests: 10 })
  const installation = await (values.cluster ? startCluster() : startSingle())
  let isSound = false
  try {
    const app = await createApp(installation, provider.url)
    isSound = await playRounds({ installation, app, script }, { rounds, seed })
  } finally {
    await installation.close({ isKept: !isSound })
    await provider.close()
    if (!isSound) console.log(`The data are kept in ${installation.folder}`)
  }
  return isSound ? 0 : 1
}

const isScene = (word: string | undefined): boolean => word === 'chat' || word === 'runs'
const isCount = (value: number): boolean => Number.isInteger(value) && value >= 0

async function createApp({ servers }: Installation, providerUrl: string): Promise<App> {
  const console = await setUp({ url: servers[0]?.url ?? '', provider: { url: providerUrl, behave: () => undefined } })
  await console.addModel('fake')
  const { id, key } = await console.createApp({ name: 'Soak', mode: 'chat', model: 'fake' })
  const { site } = await console.call('GET', `/apps/${id}`)
  return { key, code: site.code }
}

async function playRounds(
  world: { readonly installation: Installation; readonly app: App; readonly script: Script },
  { rounds, seed }: { readonly rounds: number; readonly seed: number },
): Promise<boolean> {
  const results: RoundResult[] = []
  const startedAt = performance.now()
  for (let round = 1; round <= rounds; round++) {
    const result = await playRound(world, { name: `r${round}`, random: createRandom(seed * 100_003 + round) })
    results.push(result)
    if (result.complaints.length > 0) {
      console.log(`Round ${round} (killed ${result.moment}) failed; seed ${seed}`)
      for (const complaint of result.complaints) console.log(`  ${complaint}`)
      for (const { output } of world.installation.servers) console.log(`The server said last:\n${output().slice(-3000)}`)
      return false
    }
    if (round % ROUNDS_A_REPORT === 0 || round === rounds) {
      console.log(`${round} rounds in ${Math.round((performance.now() - startedAt) / 1000)} s: ${summarise(results)}`)
    }
  }
  return true
}

function summarise(results: readonly RoundResult[]): string {
  const count = <T>(values: readonly T[]): string =>
    [...Map.groupBy(values, (value) => value)].map(([value, group]) => `${group.length} ${value}`).join(', ')
  const starts = results.map(({ startMs }) => startMs).toSorted((one, other) => one - other)
  const [median = 0, longest = 0] = [starts[Math.floor(starts.length / 2)], starts.at(-1)]
  return [
    `killed ${count(results.map(({ moment }) => moment))}`,
    `turns ${count(results.flatMap(({ standings }) => standings))}`,
    `started again in ${Math.round(median)} ms (median; ${Math.round(longest)} ms at most)`,
  ].join('; ')
}

process.exitCode = await main(process.argv.slice(2))
