import { sep } from 'node:path'
import type { Config } from '@trellis/config'
import { databasePlace, storagePlace } from './places.ts'

type Serving = Pick<Config, 'dataFolder' | 'database' | 'storage'> & {
  readonly server: Pick<Config['server'], 'host'>
  readonly urls: Pick<Config['urls'], 'consoleWeb'>
}

const everyAddress: Readonly<Record<string, string>> = { '0.0.0.0': '0.0.0.0', '::': '[::]' }

/** Where a server listens. Servers call themselves by an address at which they are reached, which is not all of it. */
export function listeningAddress(reached: string, host: string): string {
  const every = everyAddress[host]
  return every === undefined ? reached : reached.replace(/\/\/(\[[^\]]*\]|[^/:]+)/, `//${every}`)
}

/** What is said to whoever started it: what to open, who can reach it, and where their data lie. */
export function readyText(config: Serving, reached: string): string {
  const { consoleWeb } = config.urls
  const local = localAddress(listeningAddress(reached, config.server.host))
  const isEverywhere = everyAddress[config.server.host] !== undefined
  // An address says nothing of its scheme's own port, which servers that are reached by http alone have where it says none.
  const port = new URL(reached).port || '80'
  const listening = isEverywhere ? `It listens on port ${port} of every address of this machine.` : `It listens on ${local}.`
  return [
    `Trellis is ready: ${consoleWeb ?? local}`,
    ...(consoleWeb !== undefined || isEverywhere ? [listening] : []),
    `${dataPlaces(config)}. Ctrl-C stops it.`,
  ]
    .map((line) => `  ${line}\n`)
    .join('')
}

/** A listener on all addresses is reached by this machine's own name. */
const localAddress = (address: string): string => address.replace(/\/\/(0\.0\.0\.0|\[::\]|127\.0\.0\.1)/, '//localhost')

function dataPlaces({ dataFolder, database, storage }: Serving): string {
  const data = database.type === 'sqlite' ? dataFolder : databasePlace(database)
  const isWhole = storage.type === 'local' && database.type === 'sqlite' && storage.folder.startsWith(`${dataFolder}${sep}`)
  return isWhole ? `Data in ${data}` : `Data in ${data}, files in ${storagePlace(storage)}`
}
