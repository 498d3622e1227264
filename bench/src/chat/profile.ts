import { mkdirSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pathOf } from '../paths.ts'
import type { Child } from '../process/child.ts'
import { pause } from './measure.ts'

interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number }
  }[]
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

const SAMPLING_MICROSECONDS = 250

export interface Profiler {
  start(): Promise<void>
  stop(): Promise<CpuProfile>
}

/** The profiler of a child that was started with `--inspect=0`. */
export async function openProfiler(child: Child): Promise<Profiler> {
  const socket = new WebSocket(await inspectorUrl(child))
  await new Promise<void>((resolve, reject) => {
    socket.onopen = () => resolve()
    socket.onerror = () => reject(new Error('the inspector refused the connection'))
  })
  let lastId = 0
  const call = (method: string, params: object = {}): Promise<unknown> =>
    new Promise((resolve, reject) => {
      lastId += 1
      const id = lastId
      const listen = (event: MessageEvent): void => {
        const message = JSON.parse(String(event.data))
        if (message.id !== id) return
        socket.removeEventListener('message', listen)
        if (message.error) reject(new Error(`${method}: ${message.error.message}`))
        else resolve(message.result)
      }
      socket.addEventListener('message', listen)
      socket.send(JSON.stringify({ id, method, params }))
    })
  return {
    async start() {
      await call('Profiler.enable')
      await call('Profiler.setSamplingInterval', { interval: SAMPLING_MICROSECONDS })
      await call('Profiler.start')
    },
    async stop() {
      // The protocol's own answer to Profiler.stop.
      const { profile } = (await call('Profiler.stop')) as { profile: CpuProfile }
      socket.close()
      return profile
    },
  }
}

/** Keeps the profile for a viewer and returns the functions that took the most time themselves, as lines of text. */
export function reportProfile(profile: CpuProfile, name: string, count = 40): string {
  const folder = pathOf('.build/profiles')
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}/${name}.cpuprofile`, JSON.stringify(profile))
  const { total, functions } = selfTimes(profile)
  const lines = functions
    .slice(0, count)
    .map(({ label, ms }) => `${((ms * 100) / total).toFixed(1).padStart(6)} %  ${ms.toFixed(0).padStart(7)} ms  ${label}`)
  return [`${name}: own time by function (.build/profiles/${name}.cpuprofile)`, ...lines].join('\n')
}

/** Own time by function, most first; idle time is no function's and in no total. */
export function selfTimes(profile: CpuProfile): { total: number; functions: { label: string; ms: number }[] } {
  const labels = new Map(profile.nodes.map(({ id, callFrame }) => [id, labelOf(callFrame)]))
  const byLabel = new Map<string, number>()
  profile.samples.forEach((id, index) => {
    const label = labels.get(id) ?? '(unknown)'
    byLabel.set(label, (byLabel.get(label) ?? 0) + (profile.timeDeltas[index] ?? 0) / 1000)
  })
  byLabel.delete('(idle)')
  const functions = [...byLabel].map(([label, ms]) => ({ label, ms })).sort((left, right) => right.ms - left.ms)
  return { total: functions.reduce((sum, { ms }) => sum + ms, 0), functions }
}

function labelOf({ functionName, url, lineNumber }: CpuProfile['nodes'][number]['callFrame']): string {
  const name = functionName || '(anonymous)'
  if (url === '') return name
  const file = url.startsWith('file:') ? basename(fileURLToPath(url)) : url
  return `${name}  ${file}:${lineNumber + 1}`
}

async function inspectorUrl(child: Child): Promise<string> {
  const deadline = performance.now() + 10_000
  while (performance.now() < deadline) {
    const found = /Debugger listening on (ws:\S+)/.exec(child.output())
    if (found?.[1]) return found[1]
    await pause(20)
  }
  throw new Error(`no inspector announced itself:\n${child.output()}`)
}
