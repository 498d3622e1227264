import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseEnv } from 'node:util'

export interface ReadEnvironment {
  readonly env: Readonly<Record<string, string | undefined>>
  /** The `.env` files that were found, strongest first. */
  readonly files: readonly string[]
}

/**
 * Joins the process environment with the `.env` of the working folder and that of the data folder; the first that gives a value wins.
 * @throws where a file is there and cannot be read
 */
export function readEnvironment(options: {
  readonly processEnv: Readonly<Record<string, string | undefined>>
  readonly cwd: string
}): ReadEnvironment {
  const { processEnv, cwd } = options
  const workingFile = join(cwd, '.env')
  const working = readEnvFile(workingFile)
  const home = nonEmpty(processEnv['TRELLIS_HOME']) ?? nonEmpty(working?.['TRELLIS_HOME']) ?? './data'
  const homeFile = join(resolve(cwd, home), '.env')
  const inHome = homeFile === workingFile ? undefined : readEnvFile(homeFile)
  const env: Record<string, string | undefined> = {}
  // The data folder's own file cannot say where the data folder is.
  for (const [name, value] of Object.entries(inHome ?? {})) if (name !== 'TRELLIS_HOME') env[name] = value
  for (const layer of [working ?? {}, processEnv]) {
    for (const [name, value] of Object.entries(layer)) if (nonEmpty(value) !== undefined) env[name] = value
  }
  return { env, files: [...(working ? [workingFile] : []), ...(inHome ? [homeFile] : [])] }
}

function nonEmpty(value: string | undefined): string | undefined {
  return value?.trim() ? value.trim() : undefined
}

function readEnvFile(path: string): Record<string, string | undefined> | undefined {
  try {
    return parseEnv(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''))
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
    if (isMissing) return undefined
    throw error
  }
}
