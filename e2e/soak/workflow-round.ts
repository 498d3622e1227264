import type { EffectServer } from './effect-server.ts'
import type { Installation } from './installation.ts'
import type { Random } from './random.ts'

interface SeenRun {
  readonly key: string
  runId: string | undefined
  lastId: string | undefined
  frames: string[]
}

export interface WorkflowRoundResult {
  readonly startMs: number
  readonly outcomes: readonly string[]
  readonly complaints: readonly string[]
}

/** Longest that a run may take to its end after the start: nodes take a fraction of a second. */
const END_TIMEOUT_MS = 30_000

/** Runs are started, the server is killed at some moment of their effects and comes back; then each run must come to a true end. */
export async function playWorkflowRound(
  { installation, effects, apiKey }: { readonly installation: Installation; readonly effects: EffectServer; readonly apiKey: string },
  { name, random }: { readonly name: string; readonly random: Random },
): Promise<WorkflowRoundResult> {
  const url = installation.servers[0]?.url ?? ''
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }
  const killAfterHits = random.between(1, 20)
  const killed = Promise.withResolvers<void>()
  let count = 0
  effects.onHit = () => {
    count += 1
    if (count >= killAfterHits) killed.resolve()
  }
  const runs = Array.from(
    { length: random.between(1, 5) },
    (_, index): SeenRun => ({ key: `${name}-${index}`, runId: undefined, lastId: undefined, frames: [] }),
  )
  const reading = runs.map((run) => readRun(run, () => startRun(url, headers, run.key)))
  await Promise.race([killed.promise, Promise.all(reading), new Promise((resolve) => setTimeout(resolve, 5_000).unref())])
  await new Promise((resolve) => setTimeout(resolve, random.between(0, 60)))
  const startMs = await installation.killAndRestart(0)
  await Promise.all(reading)
  const back = installation.servers[0]?.url ?? ''
  const complaints: string[] = []
  const outcomes = await Promise.all(runs.map((run) => checkRun(back, headers, run, complaints)))
  for (const [path, hits] of effects.hits) {
    if (path.startsWith('POST ') && path.includes(`/${name}-`) && hits > 1) complaints.push(`${path} happened ${hits} times`)
  }
  const running = await countStuck(installation)
  if (running) complaints.push(`${running} runs count as running`)
  return { startMs, outcomes, complaints }
}

/** Runs that do not come to their end; one that its caller never knew of may still be on its way. */
async function countStuck({ countRunning }: Installation): Promise<number | undefined> {
  const until = performance.now() + END_TIMEOUT_MS
  while (countRunning() && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 50))
  return countRunning()
}

const startRun = (url: string, headers: Record<string, string>, key: string): Promise<Response> =>
  fetch(`${url}/v1/workflows/run`, {
    method: 'POST',
    headers: { ...headers, 'x-stream-ids': '1' },
    body: JSON.stringify({ inputs: { key }, response_mode: 'streaming', user: 'soak' }),
  })

/** Reads until the end, or until the server dies. */
async function readRun(run: SeenRun, open: () => Promise<Response>): Promise<void> {
  try {
    const response = await open()
    let text = ''
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true })
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) takeFrame(run, block)
    }
  } catch {
    // The server was killed: what had been read counts.
  }
}

function takeFrame(run: SeenRun, block: string): void {
  const data = /^data: (.*)$/m.exec(block)?.[1]
  if (data === undefined) return
  run.lastId = /^id: (.*)$/m.exec(block)?.[1] ?? run.lastId
  run.runId ??= JSON.parse(data).workflow_run_id
  run.frames.push(data)
}

const isOver = (run: SeenRun): boolean => run.frames.some((frame) => frame.includes('"event":"workflow_finished"'))

/** A run that its caller knew of must be found again, come to its end, and tell the same everywhere. */
async function checkRun(url: string, headers: Record<string, string>, run: SeenRun, complaints: string[]): Promise<string> {
  if (run.runId === undefined) return 'not acknowledged'
  const complain = (text: string): string => {
    complaints.push(`run ${run.key} (${run.runId}): ${text}`)
    return 'wrong'
  }
  if (!isOver(run)) {
    const follow = () =>
      fetch(`${url}/v1/workflow/${run.runId}/events?user=soak`, {
        headers: { ...headers, ...(run.lastId === undefined ? {} : { 'last-event-id': run.lastId }) },
        signal: AbortSignal.timeout(END_TIMEOUT_MS),
      })
    await readRun(run, follow)
  }
  if (!isOver(run)) return complain('did not come to its end')
  const end = JSON.parse(run.frames.find((frame) => frame.includes('"event":"workflow_finished"')) ?? '{}').data
  const detail = await (await fetch(`${url}/v1/workflows/run/${run.runId}`, { headers })).json()
  if (detail.status !== end.status || JSON.stringify(detail.outputs) !== JSON.stringify(end.outputs)) {
    return complain(`its end says ${JSON.stringify(end)}, its detail ${JSON.stringify(detail)}`)
  }
  if (end.status !== 'succeeded' && end.status !== 'partial-succeeded') return complain(`ended as ${end.status}: ${end.error}`)
  const { read, last, write, sent } = end.outputs
  const isWhole =
    read === 'done' &&
    last === 'done' &&
    ['done', 'interrupted'].includes(write) &&
    sent.every((one: unknown) => one === 'done' || one === null)
  return isWhole ? end.status : complain(`its outputs are ${JSON.stringify(end.outputs)}`)
}
