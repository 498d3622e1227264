import { readFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'

/** What figures depend on. No names, no paths: results are published. */
export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryGigabytes: number
  readonly node: string
  readonly platform: string
}

export const describeMachine = (): Machine => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: cpus().length,
  memoryGigabytes: Math.round(totalmem() / 1024 ** 3),
  node: process.versions.node,
  platform: `${process.platform}-${process.arch}`,
})

const TICK_MS = 10

/** CPU that the whole machine has used since it booted, in milliseconds of one core. */
export function machineCpuMs(): number {
  const [, user = 0, nice = 0, system = 0, , , interrupts = 0, softInterrupts = 0] = (
    readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? ''
  )
    .split(/\s+/)
    .map(Number)
  return (user + nice + system + interrupts + softInterrupts) * TICK_MS
}
