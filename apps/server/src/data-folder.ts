import { randomBytes } from 'node:crypto'
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { takeFileLock } from '@trellis/db'
import { makeFolder } from '@trellis/kit'

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

const LOCK_FILE = 'trellis.lock.db'
const HOLDER_FILE = 'trellis.lock'
export const SECRET_FILE = 'secret.key'
const SECRET_BYTES = 48

/** Makes the folder where it is missing and takes it for this process. @throws StartupError where that cannot be, or another process has it */
export function openDataFolder(path: string, options: { readonly isExclusive: boolean }): DataFolder {
  try {
    makeFolder(path, 0o700)
  } catch (cause) {
    throw new StartupError(`The data folder ${path} cannot be made: ${describe(cause)}. Choose another with TRELLIS_HOME.`, { cause })
  }
  const release = options.isExclusive ? takeLock(path) : () => undefined
  return { path, secretKey: () => readOrMakeSecret(join(path, SECRET_FILE)), release }
}

/** Who holds the lock is told by a file of its own: the one that is locked cannot be read. */
function takeLock(folder: string): () => void {
  const holder = join(folder, HOLDER_FILE)
  let release: (() => void) | undefined
  try {
    // Says why a folder cannot be written; the database only says that it cannot.
    closeSync(openSync(holder, 'a'))
    release = takeFileLock(join(folder, LOCK_FILE))
  } catch (cause) {
    throw notWritable(folder, cause)
  }
  if (!release) {
    throw new StartupError(
      `The data folder ${folder} is in use by another Trellis${readHolder(holder)}. Stop that one, or start this one with another TRELLIS_HOME.`,
    )
  }
  writeFileSync(holder, `process ${process.pid} on ${hostname()}, started ${new Date().toISOString()}\n`)
  return () => {
    rmSync(holder, { force: true })
    release()
  }
}

function readHolder(file: string): string {
  try {
    const text = readFileSync(file, 'utf8').trim()
    return text === '' ? '' : ` (${text})`
  } catch {
    // It is just now giving the folder back.
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
  try {
    writeFileSync(file, `${secret}\n`, { mode: 0o600, flag: 'wx' })
  } catch (cause) {
    throw notWritable(dirname(file), cause)
  }
  return secret
}

function notWritable(folder: string, cause: unknown): StartupError {
  const remedy = 'Mend that or choose another with TRELLIS_HOME.'
  return new StartupError(`The data folder ${folder} cannot be written: ${describe(cause)}. ${remedy}`, { cause })
}

const isCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code
const describe = (error: unknown): string => (error instanceof Error ? error.message : String(error))
