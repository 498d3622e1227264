import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDataFolder, StartupError } from './data-folder.ts'

describe('the lock of the data folder', () => {
  let path: string
  let other: ChildProcess
  beforeEach(async () => {
    path = mkdtempSync(join(tmpdir(), 'trellis-folder-'))
    other = spawn(process.execPath, ['--eval', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' })
    await once(other, 'spawn')
  })
  afterEach(() => {
    other.kill('SIGKILL')
    rmSync(path, { recursive: true })
  })
  const lock = (): string => join(path, 'trellis.lock')
  const open = () => openDataFolder(path, { isExclusive: true })

  it('is taken, kept and given back', () => {
    const folder = open()
    expect(readFileSync(lock(), 'utf8')).toMatch(new RegExp(`^${process.pid} `))
    folder.release()
    expect(existsSync(lock())).toBe(false)
  })

  it('keeps a second process out, and says which has it', () => {
    writeFileSync(lock(), `${other.pid}\n`)
    expect(open).toThrow(StartupError)
    expect(open).toThrow(`process ${other.pid}`)
    expect(openDataFolder(path, { isExclusive: false }).path).toBe(path)
  })

  it('is taken over from a process that was killed', async () => {
    writeFileSync(lock(), `${other.pid} some-life\n`)
    other.kill('SIGKILL')
    await once(other, 'exit')
    open().release()
  })

  it.runIf(process.platform === 'linux')('is taken over from a process whose number another one has now', () => {
    writeFileSync(lock(), `${other.pid} 4fa2c1f0-0000-0000-0000-000000000000/1234\n`)
    open().release()
  })

  it.each(['', 'nonsense', '-1', '0'])('is not kept by a file that tells nothing (%j)', (content) => {
    writeFileSync(lock(), content)
    open().release()
  })
})
