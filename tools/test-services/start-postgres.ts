import { execFile } from 'node:child_process'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findPostgres, findPostgresUser } from './find-binaries.ts'
import { findFreePort, startGuardedServer } from './guarded-server.ts'

export interface RunningPostgres {
  readonly pid: number
  readonly host: string
  readonly port: number
  readonly user: string
  /** Trust authentication: anything will do. */
  readonly password: string
  /** `postgresql://` address of the maintenance database. */
  readonly url: string
  stop(): Promise<void>
}

const USER = 'trellis'
const SETTINGS = { max_connections: '300', shared_buffers: '64MB' }
/** Nothing that tests store has to survive a crash. */
const FLEETING = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

/**
 * Starts a PostgreSQL server of its own in a folder of its own (about a second). `isDurable` keeps its promises as one in service does,
 * for those who measure. @throws Error where none is installed
 */
export async function startPostgres({ isDurable = false }: { readonly isDurable?: boolean } = {}): Promise<RunningPostgres> {
  const binaries = findPostgres()
  if (binaries === undefined) throw new Error('PostgreSQL is not installed here (Debian: apt-get install postgresql).')
  const user = findPostgresUser()
  const folder = await mkdtemp(join(tmpdir(), 'trellis-pg-'))
  if (user) await chown(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  const initialise = ['-D', data, '-U', USER, '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync', '--no-instructions']
  try {
    await promisify(execFile)(join(binaries, 'initdb'), initialise, { cwd: folder, ...user })
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
  const port = await findFreePort()
  const settings = Object.entries(isDurable ? SETTINGS : { ...SETTINGS, ...FLEETING }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  const server = await startGuardedServer({
    command: join(binaries, 'postgres'),
    args: ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', folder, ...settings],
    folder,
    user,
    readyWhen: /ready to accept connections/,
  })
  const host = '127.0.0.1'
  const url = `postgresql://${USER}:trust@${host}:${port}/postgres`
  return { pid: server.pid, host, port, user: USER, password: 'trust', url, stop: server.stop }
}
