import { execFile } from 'node:child_process'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const TIMEOUT_MS = 20_000
/** Where npm put `dify-client` for these tests. */
const libraries = fileURLToPath(new URL('../node_modules', import.meta.url))

export type SampleProgram = 'curl' | 'javascript' | 'python'

/** Runs a sample as the person who copied it would: as a file of its own, beside its libraries. What it printed. */
export async function runSample(program: SampleProgram, code: string, pythonPath = ''): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'trellis-sample-'))
  try {
    await symlink(libraries, join(folder, 'node_modules'))
    const name = { curl: 'sample.sh', javascript: 'sample.mjs', python: 'sample.py' }[program]
    await writeFile(join(folder, name), code)
    const interpreter = { curl: 'sh', javascript: process.execPath, python: 'python3' }[program]
    const env = { PATH: process.env.PATH ?? '', PYTHONPATH: pythonPath, PYTHONIOENCODING: 'utf-8', NO_PROXY: '127.0.0.1,localhost' }
    const { stdout } = await run(interpreter, [name], { cwd: folder, timeout: TIMEOUT_MS, env })
    return stdout
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
