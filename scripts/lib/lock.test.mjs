import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { withLock } from './lock.mjs'

let folder
let file
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'))
  file = join(folder, 'some.lock')
})
afterEach(() => rmSync(folder, { recursive: true }))

const quick = { pollMs: 5 }

/** The id of a process that has ended. */
async function aDeadProcess() {
  const child = spawn(process.execPath, ['-e', ''])
  await new Promise((resolve) => child.on('exit', resolve))
  return child.pid
}

describe('withLock', () => {
  it('lets one in after the other, though all come at once', async () => {
    expect(await Promise.all([1, 2, 3, 4].map(enterAlone))).toEqual([0, 0, 0, 0])
    expect(existsSync(file)).toBe(false)
  })

  it('takes over from an owner that died, also where several wait', async () => {
    writeFileSync(file, String(await aDeadProcess()))
    expect(await Promise.all([1, 2, 3, 4].map(enterAlone))).toEqual([0, 0, 0, 0])
  })

  it('waits for the child of an owner that died', async () => {
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] })
    writeFileSync(file, `${await aDeadProcess()} ${child.pid}`)
    const order = []
    const entered = withLock(file, { ...quick, onWait: () => child.stdin.end() }, async () => order.push('entered'))
    child.on('exit', () => order.push('child ended'))
    await entered
    expect(order).toEqual(['child ended', 'entered'])
  })

  it('takes over from one that is alive but silent: its number may belong to a stranger by now', async () => {
    const stranger = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] })
    writeFileSync(file, String(stranger.pid))
    await expect(withLock(file, { ...quick, silentMs: 50 }, async () => 'entered')).resolves.toBe('entered')
    stranger.stdin.end()
  })

  it('is open again when the work has failed', async () => {
    const failing = withLock(file, quick, async () => {
      throw new Error('disk on fire')
    })
    await expect(failing).rejects.toThrow('disk on fire')
    expect(existsSync(file)).toBe(false)
  })
})

/** Another process enters, and fails if it is not alone inside. */
function enterAlone() {
  const marker = JSON.stringify(join(folder, 'inside'))
  const code = `
    import { rmSync, writeFileSync } from 'node:fs'
    import { withLock } from ${JSON.stringify(new URL('./lock.mjs', import.meta.url).href)}
    await withLock(${JSON.stringify(file)}, { pollMs: 5 }, async () => {
      writeFileSync(${marker}, '', { flag: 'wx' })
      await new Promise((resolve) => setTimeout(resolve, 20))
      rmSync(${marker})
    })`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: 'inherit' })
  return new Promise((resolve) => child.on('exit', resolve))
}
