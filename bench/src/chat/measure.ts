import type { FakeBehaviour, FakeStats } from '../../../tools/fake-openai/index.ts'
import { medianOf } from '../load/quantiles.ts'
import type { LoadMessage, LoadResult, LoadTask } from '../load/task.ts'
import { pathOf } from '../paths.ts'
import { startChild, whileAlive } from '../process/child.ts'
import { cpuMsOf, memoryOf, processTree } from '../process/process-stats.ts'
import { baseAddressOf, type Target } from './target.ts'

export interface Measurement {
  readonly load: LoadResult
  /** Within the measured time, in milliseconds. */
  readonly cpuMs: { readonly target: number; readonly provider: number; readonly client: number }
  /** Median of a sample a second, of the target and its children. */
  readonly rssBytes: number
  /** How late the provider itself sent its tokens (95th percentile). */
  readonly providerLagP95Ms: number
}

export interface MeasureOptions {
  readonly target: Target
  readonly provider: Target
  /** How the provider answers meanwhile. */
  readonly behaviour: Partial<FakeBehaviour>
  readonly task: Omit<LoadTask, 'url' | 'headers' | 'body' | 'textKey'>
}

/** One run of the load client against one target, with everybody's CPU and the target's memory over the measured time. */
export async function measure({ target, provider, behaviour, task }: MeasureOptions): Promise<Measurement> {
  await setBehaviour(provider, behaviour)
  const { url, headers, body, textKey } = target
  const whole: LoadTask = { ...task, url, headers, body, textKey }
  const client = startChild(pathOf('bench/src/load/client.ts'), [JSON.stringify(whole)])
  const cpuNow = () => ({
    target: cpuMsOf(processTree(target.child.pid)),
    provider: cpuMsOf([provider.child.pid]),
    client: cpuMsOf([client.pid]),
  })
  const rssBytes: number[] = []
  let sampler: NodeJS.Timeout | undefined
  let before = cpuNow()
  let after = before
  try {
    const result = new Promise<LoadResult>((resolve) => {
      client.process.on('message', (message: LoadMessage) => {
        if (message.type === 'measure-start') {
          before = cpuNow()
          void takeStats(provider)
          sampler = setInterval(() => rssBytes.push(memoryOf(processTree(target.child.pid)).rssBytes), 1000)
        } else if (message.type === 'measure-end') after = cpuNow()
        else resolve(message.result)
      })
    })
    const load = await whileAlive({ 'load client': client, [target.name]: target.child }, result)
    const { lag } = await takeStats(provider)
    return {
      load,
      cpuMs: {
        target: after.target - before.target,
        provider: after.provider - before.provider,
        client: after.client - before.client,
      },
      rssBytes: rssBytes.length === 0 ? memoryOf(processTree(target.child.pid)).rssBytes : medianOf(rssBytes),
      providerLagP95Ms: lag.p95Ms,
    }
  } finally {
    clearInterval(sampler)
    await client.stop()
    await untilQuiet(provider)
  }
}

/** What a round left open must not disturb the next. */
async function untilQuiet(provider: Target): Promise<void> {
  const deadline = performance.now() + 15_000
  while ((await takeStats(provider)).openStreams > 0 && performance.now() < deadline) await pause(100)
}

const steeringUrl = (provider: Target, path: string): string => `${baseAddressOf(provider).replace(/\/v1$/, '')}/fake/${path}`

export async function setBehaviour(provider: Target, behaviour: Partial<FakeBehaviour>): Promise<void> {
  const response = await fetch(steeringUrl(provider, 'defaults'), { method: 'PUT', body: JSON.stringify(behaviour) })
  if (!response.ok) throw new Error(`the fake provider refused its settings: ${await response.text()}`)
}

async function takeStats(provider: Target): Promise<FakeStats> {
  const response = await fetch(steeringUrl(provider, 'stats'))
  // Written by our own fake.
  return (await response.json()) as FakeStats
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
