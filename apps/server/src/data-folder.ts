import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What keeps a process from starting: told in one sentence, without a stack trace. */
export class StartupError extends Error {
  override readonly name = 'StartupError'
}

export interface DataFolder {
  readonly path: string
  /** The installation's secret, made at the first start. */
  secretKey(): string
  /** Lets another process use the folder. */
  release(): void
}

const LOCK_FILE = 'trellis.lock'
export const SECRET_FILE = 'secret.key'
const SECRET_BYTES = 48
const MAX_LOCK_TRIES = 3

/** Makes the folder where it is missing and takes it for this process. @throws StartupError where another process has it */
export function openDataFolder(path: string, options: { readonly isExclusive: boolean }): DataFolder {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
  } catch (cause) {
    throw new StartupError(`The data folder ${path} cannot be made: ${describe(cause)}. Choose another with TRELLIS_HOME.`, { cause })
  }
  const lock = join(path, LOCK_FILE)
  if (options.isExclusive) takeLock(lock, path)
  return {
    path,
    secretKey: () => readOrMakeSecret(join(path, SECRET_FILE)),
    release: () => {
      if (options.isExclusive && readHolder(lock)?.pid === process.pid) rmSync(lock, { force: true })
    },
  }
}

function takeLock(lock: string, folder: string): void {
  for (let attempt = 0; attempt < MAX_LOCK_TRIES; attempt++) {
    try {
      writeFileSync(lock, `${process.pid} ${lifeOf(process.pid)}\n`, { flag: 'wx' })
      return
    } catch (cause) {
      if (!isCode(cause, 'EEXIST')) {
        throw new StartupError(
          `The data folder ${folder} is not writable: ${describe(cause)}. Mend that or choose another with TRELLIS_HOME.`,
          { cause },
        )
      }
      const holder = readHolder(lock)
      if (holder && holder.pid !== process.pid && isAlive(holder)) {
        throw new StartupError(
          `The data folder ${folder} is in use by another Trellis (process ${holder.pid}). Stop that one, or start this one with another TRELLIS_HOME.`,
        )
      }
      // Its holder was killed.
      rmSync(lock, { force: true })
    }
  }
  throw new StartupError(`The data folder ${folder} could not be locked: other processes start there at the same moment.`)
}

interface Holder {
  readonly pid: number
  /** Which of the processes that had this number, one after the other; empty where the system does not tell. */
  readonly life: string
}

function readHolder(lock: string): Holder | undefined {
  try {
    const [pid = '', life = ''] = readFileSync(lock, 'utf8').trim().split(' ')
    return /^[1-9]\d*$/.test(pid) ? { pid: Number(pid), life } : undefined
  } catch {
    return undefined
  }
}

/** A process that was killed leaves its lock, and the system gives its number to another one some day, at the latest after a reboot. */
function isAlive({ pid, life }: Holder): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // Somebody else's process, but alive.
    if (!isCode(error, 'EPERM')) return false
  }
  const present = lifeOf(pid)
  return life === '' || present === '' || life === present
}

/** Linux: when the process started, in ticks since a boot that has a name of its own. */
function lifeOf(pid: number): string {
  try {
    const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? ''
    const startTicks = afterName.split(' ')[19] ?? ''
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${startTicks}`
  } catch {
    return ''
  }
}

function readOrMakeSecret(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error
  }
  const secret = randomBytes(SECRET_BYTES).toString('base64url')
  writeFileSync(file, `${secret}\n`, { mode: 0o600, flag: 'wx' })
  return secret
}

const isCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code
const describe = (error: unknown): string => (error instanceof Error ? error.message : String(error))
