import { readdirSync, readFileSync } from 'node:fs'

/** Length of a tick of `/proc/<pid>/stat`; 100 a second on every Linux that Node runs on. */
const TICK_MS = 10

export interface MemoryUse {
  readonly rssBytes: number
  /** Shared pages counted by share: what a process adds to the machine. */
  readonly pssBytes: number
}

/** The process and its descendants, as far as they still live. */
export function processTree(pid: number): number[] {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const parent = Number(statFields(Number(name))?.[1] ?? 0)
    children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  const tree = [pid]
  for (const member of tree) tree.push(...(children.get(member) ?? []))
  return tree
}

/**
 * CPU of the processes since their starts, in milliseconds (to the tick of 10 ms): user and system, all threads, and of the children
 * that they have outlived.
 */
export const cpuMsOf = (pids: readonly number[]): number =>
  pids.reduce((sum, pid) => {
    const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = (statFields(pid) ?? []).slice(11, 15).map(Number)
    return sum + (user + system + endedUser + endedSystem) * TICK_MS
  }, 0)

export function memoryOf(pids: readonly number[]): MemoryUse {
  const sum = { rssBytes: 0, pssBytes: 0 }
  for (const pid of pids) {
    const text = readProc(`/proc/${pid}/smaps_rollup`)
    sum.rssBytes += kilobytesAfter(text, 'Rss:') * 1024
    sum.pssBytes += kilobytesAfter(text, 'Pss:') * 1024
  }
  return sum
}

const kilobytesAfter = (text: string, label: string): number => Number(new RegExp(`^${label}\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0)

/** Fields after the command's name, which may itself hold spaces: state, parent, ... */
function statFields(pid: number): string[] | undefined {
  const text = readProc(`/proc/${pid}/stat`)
  return text === '' ? undefined : text.slice(text.lastIndexOf(')') + 2).split(' ')
}

function readProc(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return '' // The process ended between two looks.
  }
}
