import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const REQUIREMENTS = fileURLToPath(new URL('./requirements.txt', import.meta.url))
const FOLDER = fileURLToPath(new URL('../../../.build/oracle', import.meta.url))
const INSTALL_TIMEOUT_MS = 600_000
/** graphon wants one of these. */
const VERSIONS = ['3.13', '3.12']

/** A Python with graphon, or what is in the way. */
export type Oracle = { readonly python: string } | { readonly obstacle: string }

/** Makes the virtual environment the first time, and again when its requirements have changed. */
export async function prepareOracle(): Promise<Oracle> {
  const base = await findPython()
  if (!base) return { obstacle: 'there is no Python 3.12 or 3.13 here; TRELLIS_ORACLE_PYTHON may name one' }
  const python = join(FOLDER, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
  const stamp = join(FOLDER, 'installed.txt')
  const wanted = `${base}\n${await readFile(REQUIREMENTS, 'utf8')}`
  if (existsSync(python) && existsSync(stamp) && (await readFile(stamp, 'utf8')) === wanted) return { python }
  try {
    await rm(FOLDER, { recursive: true, force: true })
    await mkdir(FOLDER, { recursive: true })
    await run(base, ['-m', 'venv', FOLDER], { timeout: INSTALL_TIMEOUT_MS })
    const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '-r', REQUIREMENTS]
    await run(python, install, { timeout: INSTALL_TIMEOUT_MS })
    await writeFile(stamp, wanted)
    return { python }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return { obstacle: `graphon could not be installed: ${error.message.trim().split('\n').at(-1)}` }
  }
}

/** pyenv's shims refuse a version that is installed and not chosen. */
async function pythonsOfPyenv(): Promise<string[]> {
  const versions = join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions')
  const installed = existsSync(versions) ? await readdir(versions) : []
  const fitting = installed.filter((name) => VERSIONS.some((version) => name.startsWith(`${version}.`)))
  return fitting
    .sort()
    .reverse()
    .map((name) => join(versions, name, 'bin', 'python'))
}

/** The path of the first Python of a version that will do: a shim on the path may have none of it behind. */
async function findPython(): Promise<string | undefined> {
  const named = process.env.TRELLIS_ORACLE_PYTHON
  for (const candidate of named ? [named] : [...VERSIONS.map((version) => `python${version}`), ...(await pythonsOfPyenv())]) {
    try {
      const told = 'import sys; print(sys.executable); print("%d.%d" % sys.version_info[:2])'
      const { stdout } = await run(candidate, ['-c', told])
      const [executable, version] = stdout.trim().split('\n')
      if (executable && version && VERSIONS.includes(version)) return executable
    } catch {
      // Not on the path, or a shim that refuses: the next one.
    }
  }
  return undefined
}
