import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDataFolder, StartupError } from './data-folder.ts'

const code = `
const { openDataFolder } = await import(process.env.MODULE)
const folder = openDataFolder(process.env.FOLDER, { isExclusive: true })
console.log('taken')
setInterval(() => folder.path, 1000)
`

describe('the lock of the data folder', () => {
  let path: string
  const others: ChildProcess[] = []
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'trellis-folder-'))
  })
  afterEach(() => {
    for (const other of others.splice(0)) other.kill('SIGKILL')
    rmSync(path, { recursive: true })
  })
  const open = () => openDataFolder(path, { isExclusive: true })
  const holder = () => join(path, 'trellis.lock')
  const takeElsewhere = async (): Promise<ChildProcess> => {
    const other = spawn(process.execPath, ['--input-type=module', '--eval', code], {
      env: { ...process.env, MODULE: join(import.meta.dirname, 'data-folder.ts'), FOLDER: path },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    others.push(other)
    await once(other.stdout, 'data')
    return other
  }

  it('is taken, kept and given back', () => {
    const folder = open()
    expect(readFileSync(holder(), 'utf8')).toMatch(new RegExp(`^process ${process.pid} on ${hostname()}, started 20`))
    expect(open).toThrow(StartupError)
    folder.release()
    expect(existsSync(holder())).toBe(false)
    open().release()
  })

  it('keeps a second process out, and says which has it', async () => {
    const other = await takeElsewhere()
    expect(open).toThrow(StartupError)
    expect(open).toThrow(`in use by another Trellis (process ${other.pid} on ${hostname()}, started 20`)
    expect(openDataFolder(path, { isExclusive: false }).path).toBe(path)
  })

  it('keeps out a process that has the number of the first one in its own container', async () => {
    await takeElsewhere()
    writeFileSync(holder(), `process ${process.pid} on elsewhere, started 2026-01-01T00:00:00.000Z\n`)
    expect(open).toThrow(`process ${process.pid} on elsewhere`)
    writeFileSync(holder(), '')
    expect(open).toThrow('in use by another Trellis. Stop that one')
  })

  it('is free as soon as its holder was killed', async () => {
    const other = await takeElsewhere()
    other.kill('SIGKILL')
    await once(other, 'exit')
    expect(existsSync(holder())).toBe(true)
    open().release()
  })
})

describe('a data folder that cannot be used', () => {
  it.runIf(process.platform === 'linux')('is refused at once, with its name and what to do', () => {
    const open = (path: string) => () => openDataFolder(path, { isExclusive: true })
    expect(open('/proc/trellis/data')).toThrow(
      /^The data folder \/proc\/trellis\/data cannot be made: ENOENT.* Choose another with TRELLIS_HOME\.$/,
    )
    expect(open('/proc')).toThrow(/^The data folder \/proc cannot be written: ENOENT.* Mend that or choose another with TRELLIS_HOME\.$/)
    expect(open('/proc')).toThrow(StartupError)
  })
})
