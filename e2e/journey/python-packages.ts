import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { PythonPackages } from './journey.ts'

const run = promisify(execFile)
const requirements = fileURLToPath(new URL('../sdk/python/requirements.txt', import.meta.url))
const INSTALL_TIMEOUT_MS = 60_000

/** Fetches what the Python samples need while the journey is under way, into a folder of its own. */
export function installPythonPackages(): { readonly ready: Promise<PythonPackages>; remove(): Promise<void> } {
  const leaving = new AbortController()
  const folder = mkdtemp(join(tmpdir(), 'trellis-journey-python-'))
  const install = async (): Promise<PythonPackages> => {
    const path = await folder
    const parameters = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', path, '-r', requirements]
    try {
      await run('python3', parameters, { timeout: INSTALL_TIMEOUT_MS, signal: leaving.signal })
      return { path }
    } catch (error) {
      return { obstacle: error instanceof Error ? (error.message.trim().split('\n').at(-1) ?? '') : String(error) }
    }
  }
  const ready = install()
  return {
    ready,
    async remove() {
      leaving.abort()
      await ready
      await rm(await folder, { recursive: true, force: true })
    },
  }
}
