import { parseArgs } from 'node:util'
import { runChat } from './chat/chat.ts'
import { runEngine } from './engine/engine.ts'
import { runSandbox } from './sandbox/sandbox.ts'
import { runWorkflow } from './workflow/workflow.ts'

const USAGE = `Usage: npm run bench -- chat [--quick] [--limit-only] [--profile] [--rounds N]
       npm run bench -- engine [--quick] [--rounds N]
       npm run bench -- sandbox [--quick]
       npm run bench -- workflow [--quick] [--profile] [--rounds N]
  --rounds N     how often each scenario is measured; the median counts (3; engine 5)
  --quick        as short as it goes, which only proves that everything runs; keeps no results
  --limit-only   without Trellis: the fake provider and the bare proxy alone
  --profile      only the saturated scenario, and where the server's time goes`

interface Options {
  readonly isQuick: boolean
  readonly isLimitOnly: boolean
  readonly isProfile: boolean
  readonly rounds: number | undefined
}

const benches: Readonly<Record<string, (options: Options) => Promise<number>>> = {
  chat: runChat,
  engine: runEngine,
  sandbox: runSandbox,
  workflow: runWorkflow,
}

/** Runs the bench that the words name. Resolves to the exit code. */
export async function main(parameters: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...parameters],
    allowPositionals: true,
    options: { quick: { type: 'boolean' }, 'limit-only': { type: 'boolean' }, profile: { type: 'boolean' }, rounds: { type: 'string' } },
  })
  const [name = '', ...rest] = positionals
  const bench = rest.length === 0 && Object.hasOwn(benches, name) ? benches[name] : undefined
  if (!bench) {
    console.error(USAGE)
    return 2
  }
  if (process.platform !== 'linux') {
    console.error('The bench reads CPU and memory from /proc and so runs on Linux only.')
    return 2
  }
  return bench({
    isQuick: values.quick === true,
    isLimitOnly: values['limit-only'] === true,
    isProfile: values.profile === true,
    rounds: readRounds(values.rounds),
  })
}

function readRounds(given: string | undefined): number | undefined {
  const rounds = Number(given)
  return Number.isInteger(rounds) && rounds > 0 ? rounds : undefined
}
