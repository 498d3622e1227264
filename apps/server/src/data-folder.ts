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
      if (options.isExclusive && readHolder(lock) === process.pid) rmSync(lock, { force: true })
    },
  }
}

function takeLock(lock: string, folder: string): void {
  for (let attempt = 0; attempt < MAX_LOCK_TRIES; attempt++) {
    try {
      writeFileSync(lock, `${process.pid}\n`, { flag: 'wx' })
      return
    } catch (cause) {
      if (!isCode(cause, 'EEXIST')) {
        throw new StartupError(
          `The data folder ${folder} is not writable: ${describe(cause)}. Mend that or choose another with TRELLIS_HOME.`,
          { cause },
        )
      }
      const holder = readHolder(lock)
      if (holder !== undefined && holder !== process.pid && isAlive(holder)) {
        throw new StartupError(
          `The data folder ${folder} is in use by another Trellis (process ${holder}). Stop that one, or start this one with another TRELLIS_HOME.`,
        )
      }
      // Its holder was killed.
      rmSync(lock, { force: true })
    }
  }
  throw new StartupError(`The data folder ${folder} could not be locked: other processes start there at the same moment.`)
}

function readHolder(lock: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(lock, 'utf8'), 10)
    return Number.isInteger(pid) && pid > 0 ? pid : undefined
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Somebody else's process, but alive.
    return isCode(error, 'EPERM')
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
