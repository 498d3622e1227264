import { accessSync, constants, readdirSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const DEBIAN_POSTGRES = '/usr/lib/postgresql'

/** Folder with PostgreSQL's `initdb` and `postgres`, the newest where there are several; undefined where there is none. */
export function findPostgres(): string | undefined {
  const packaged = listFolder(DEBIAN_POSTGRES)
    .filter((name) => /^\d+$/.test(name))
    .sort((left, right) => Number(right) - Number(left))
    .map((version) => join(DEBIAN_POSTGRES, version, 'bin'))
  return [...packaged, ...searchPath()].find((folder) => isExecutable(join(folder, 'initdb')) && isExecutable(join(folder, 'postgres')))
}

/** Path of a Redis (or Valkey) server; undefined where there is none. */
export function findRedis(): string | undefined {
  return searchPath()
    .flatMap((folder) => [join(folder, 'redis-server'), join(folder, 'valkey-server')])
    .find(isExecutable)
}

export interface SystemUser {
  readonly uid: number
  readonly gid: number
}

/** The user that PostgreSQL has to run as: it refuses to be root. Undefined: as whoever we are. */
export function findPostgresUser(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('postgres:'))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) }
}

function searchPath(): readonly string[] {
  return (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
}

function listFolder(path: string): readonly string[] {
  try {
    return readdirSync(path)
  } catch {
    return [] // no such folder: nothing installed there
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
