import { setUp } from '../console.ts'
import { startEffectServer } from './effect-server.ts'
import { type Installation, startSingle } from './installation.ts'
import { createRandom } from './random.ts'
import { soakGraph } from './workflow-graph.ts'
import { playWorkflowRound, type WorkflowRoundResult } from './workflow-round.ts'

const ROUNDS_A_REPORT = 10

/** Kills the server while workflows run, over and over. Resolves to the exit code. */
export async function soakWorkflows({ rounds, seed }: { readonly rounds: number; readonly seed: number }): Promise<number> {
  const delays = createRandom(seed)
  const effects = await startEffectServer(() => delays.between(0, 120))
  // The nodes of the soak may reach the server that counts their effects.
  const installation = await startSingle({ EGRESS_ALLOWED_HOSTS: '127.0.0.1' })
  let isSound = false
  try {
    const apiKey = await createWorkflowApp(installation, effects.url)
    isSound = await playRounds(rounds, installation, (round) =>
      playWorkflowRound({ installation, effects, apiKey }, { name: `r${round}`, random: createRandom(seed * 100_003 + round) }),
    )
  } finally {
    await installation.close({ isKept: !isSound })
    await effects.close()
    if (!isSound) console.log(`The data are kept in ${installation.folder}`)
  }
  return isSound ? 0 : 1
}

async function createWorkflowApp({ servers }: Installation, effectUrl: string): Promise<string> {
  const { call } = await setUp({ url: servers[0]?.url ?? '', provider: { url: '', behave: () => undefined } })
  const { id } = await call('POST', '/apps', { name: 'Soak', mode: 'workflow' })
  const draft = await call('GET', `/apps/${id}/workflows/draft`)
  await call('POST', `/apps/${id}/workflows/draft`, { ...draft, graph: soakGraph(effectUrl) })
  await call('POST', `/apps/${id}/workflows/publish`, {})
  return (await call('POST', `/apps/${id}/api-keys`)).token
}

async function playRounds(
  rounds: number,
  { servers }: Installation,
  play: (round: number) => Promise<WorkflowRoundResult>,
): Promise<boolean> {
  const results: WorkflowRoundResult[] = []
  const startedAt = performance.now()
  for (let round = 1; round <= rounds; round++) {
    const result = await play(round)
    results.push(result)
    if (result.complaints.length > 0) {
      console.log(`Round ${round} failed`)
      for (const complaint of result.complaints) console.log(`  ${complaint}`)
      for (const { output } of servers) console.log(`The server said last:\n${output().slice(-3000)}`)
      return false
    }
    if (round % ROUNDS_A_REPORT !== 0 && round !== rounds) continue
    const outcomes = [
      ...Map.groupBy(
        results.flatMap((one) => one.outcomes),
        (outcome) => outcome,
      ),
    ]
    const told = outcomes.map(([outcome, group]) => `${group.length} ${outcome}`).join(', ')
    console.log(`${round} rounds in ${Math.round((performance.now() - startedAt) / 1000)} s: runs ${told}`)
  }
  return true
}
