import { parseArgs } from 'node:util'
import { runChat } from './chat/chat.ts'
import { runSandbox } from './sandbox/sandbox.ts'

const USAGE = `Usage: npm run bench -- chat [--quick] [--limit-only] [--profile] [--rounds N]
       npm run bench -- sandbox [--quick]
  --rounds N     how often each scenario is measured; the median counts (3)
  --quick        half a minute that only proves that everything runs; keeps no results
  --limit-only   without Trellis: the fake provider and the bare proxy alone
  --profile      only the saturated scenario, and where the server's time goes`

/** Runs the bench that the words name. Resolves to the exit code. */
export async function main(parameters: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...parameters],
    allowPositionals: true,
    options: { quick: { type: 'boolean' }, 'limit-only': { type: 'boolean' }, profile: { type: 'boolean' }, rounds: { type: 'string' } },
  })
  const [name] = positionals
  if (positionals.length !== 1 || (name !== 'chat' && name !== 'sandbox')) {
    console.error(USAGE)
    return 2
  }
  if (process.platform !== 'linux') {
    console.error('The bench reads CPU and memory from /proc and so runs on Linux only.')
    return 2
  }
  if (name === 'sandbox') return runSandbox({ isQuick: values.quick === true })
  return runChat({
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
