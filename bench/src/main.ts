import { parseArgs } from 'node:util'
import { runChat } from './chat/chat.ts'
import { runEngine } from './engine/engine.ts'
import { runSandbox } from './sandbox/sandbox.ts'
import { runWorkflow } from './workflow/workflow.ts'

const USAGE = `Usage: npm run bench -- chat [--quick] [--limit-only] [--profile] [--rounds N]
       npm run bench -- engine [--quick] [--rounds N]
       npm run bench -- sandbox [--quick]
       npm run bench -- workflow [--quick] [--profile] [--rounds N]
       npm run bench -- interactions [--quick] [--only studio|log|chat] [--rounds N]
  --rounds N     how often each scenario is measured; the median counts (3; engine 5)
  --quick        as short as it goes, which only proves that everything runs; keeps no results
  --limit-only   without Trellis: the fake provider and the bare proxy alone
  --profile      only the saturated scenario, and where the server's time goes
  --only WORD    only the interactions of one place; keeps no results`

interface Options {
  readonly isQuick: boolean
  readonly isLimitOnly: boolean
  readonly isProfile: boolean
  readonly rounds: number | undefined
  readonly only: string | undefined
}

type Bench = (options: Options) => Promise<number>

const benches: Readonly<Record<string, Bench>> = {
  chat: runChat,
  engine: runEngine,
  sandbox: runSandbox,
  workflow: runWorkflow,
}

/** Runs the bench that the words name, ours or one of the others. Resolves to the exit code. */
export async function main(parameters: readonly string[], others: Readonly<Record<string, Bench>>): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...parameters],
    allowPositionals: true,
    options: {
      quick: { type: 'boolean' },
      'limit-only': { type: 'boolean' },
      profile: { type: 'boolean' },
      rounds: { type: 'string' },
      only: { type: 'string' },
    },
  })
  const [name = '', ...rest] = positionals
  const known = { ...benches, ...others }
  const bench = rest.length === 0 && Object.hasOwn(known, name) ? known[name] : undefined
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
    only: values.only,
  })
}

function readRounds(given: string | undefined): number | undefined {
  const rounds = Number(given)
  return Number.isInteger(rounds) && rounds > 0 ? rounds : undefined
}
